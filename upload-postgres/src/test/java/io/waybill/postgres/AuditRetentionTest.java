package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.audit.usecase.VerifyAudit;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old months of the audit trail go, and the chain of seals still says what is whole. */
class AuditRetentionTest {
  private final AuditChain chain = new AuditChain();

  @BeforeEach
  void twoMonthsOfLongAgo() {
    month("2020_01", "2020-01-01Z", "2020-02-01Z");
    month("2020_02", "2020-02-01Z", "2020-03-01Z");
    for (int day = 11; day <= 17; day++) {
      row("2020-01-" + day);
    }
    row("2020-02-11");
    row("2020-02-12");
    chain.seal(); // 3 a seal: the third covers rows of both months
    chain.sealed(3);
  }

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void what_is_old_enough_goes_a_month_at_a_time_and_nobody_misses_it() {
    Migrations.keepAudit(chain.settings, 30);

    assertThat(dropMonth()).isOne();
    assertThat(chain.findings()).isEmpty();
    VerifyAudit.Report january = chain.report();
    assertThat(january.droppedBefore()).isEqualTo(Instant.parse("2020-02-01T00:00:00Z"));
    assertThat(january.seals()).isEqualTo(4);
    assertThat(dropSeals()).as("the first; the second is where the chain begins").isOne();
    assertThat(chain.findings()).isEmpty();

    assertThat(dropMonth()).isOne();
    assertThat(dropMonth()).as("this month stays").isZero();
    assertThat(dropSeals()).isOne();
    assertThat(dropSeals()).isZero();
    assertThat(chain.findings()).isEmpty();
    assertThat(chain.report().seals()).isEqualTo(2);
  }

  @Test
  void what_is_kept_is_still_watched() {
    Migrations.keepAudit(chain.settings, 30);
    assertThat(dropMonth()).isOne();
    chain.tamper("delete from audit_events where id = uuidv7_floor('2020-02-12Z')");
    assertThat(chain.findings()).hasSize(1).first().asString().startsWith("ROW_REMOVED 3 ");

    assertThat(dropSeals()).isOne();
    chain.tamper("delete from audit_seals where number <= 3");
    assertThat(chain.findings()).contains("SEAL_REMOVED 3 null");
  }

  @Test
  void nothing_goes_where_nobody_says_so_or_a_dataset_is_kept_longer_or_a_row_has_no_seal() {
    assertThat(dropMonth()).as("for ever").isZero();

    Migrations.keepAudit(chain.settings, 30);
    row("2020-01-20");
    assertThat(dropMonth()).as("a row has no seal").isZero();
    chain.seal();

    DevelopmentSeed.load(chain.settings, "robot-data");
    chain.tamper("update projects set retention_days = 36500");
    assertThat(dropMonth()).as("datasets are kept longer").isZero();
    chain.tamper("update projects set retention_days = 10");
    assertThat(dropMonth()).isOne();
  }

  private int dropMonth() {
    return chain.work.read(tx -> tx.eventMonths().dropOldestAudit());
  }

  private int dropSeals() {
    return chain.work.read(tx -> tx.eventMonths().dropSeals());
  }

  private void month(String name, String from, String to) {
    chain.tamper(
        """
        do $$ begin
          execute format('create table audit_events_%s partition of audit_events for values from (%%L) to (%%L)',
            uuidv7_floor('%s'), uuidv7_floor('%s'));
        end $$
        """
            .formatted(name, from, to));
  }

  private void row(String day) {
    chain.tamper(
        """
        insert into audit_events values (uuidv7_floor('%sZ'), '%s', 'a', 'a', 't', gen_random_uuid(), 'ok', 'r', 'http',
          now(), '{}')
        """
            .formatted(day, AuditChain.TENANT));
  }
}
