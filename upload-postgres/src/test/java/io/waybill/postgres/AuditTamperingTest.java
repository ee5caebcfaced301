package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.audit.Seal;
import io.waybill.core.audit.usecase.VerifyAudit.Report;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever changes what is sealed is found, by the row and the seal. */
class AuditTamperingTest {

  private final AuditChain chain = new AuditChain();
  private final List<UUID> rows = chain.sealed(7);

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void an_untouched_chain_is_whole_and_says_what_is_not_sealed_yet() {
    UUID late = chain.write();

    Report report = chain.report();

    assertThat(chain.findings()).isEmpty();
    assertThat(report.seals()).isEqualTo(3);
    assertThat(report.rows()).isEqualTo(7);
    assertThat(report.unsealed()).isEqualTo(1);
    assertThat(report.oldestUnsealed()).isEqualTo(late);
    chain.seal();
    assertThat(chain.report().unsealed()).isZero();
    assertThat(chain.findings()).isEmpty();
  }

  @Test
  void a_changed_row_is_named() {
    chain.tamper(
        "update audit_events set result = 'denied' where id = '%s'".formatted(rows.get(4)));

    assertThat(chain.findings()).containsExactly("ROW_CHANGED 2 " + rows.get(4));
  }

  @Test
  void a_change_within_the_details_is_a_change() {
    chain.tamper(
        "update audit_events set details = '{\"after\": {\"name\": \"b\"}}' where id = '%s'"
            .formatted(rows.get(0)));

    assertThat(chain.findings()).containsExactly("ROW_CHANGED 1 " + rows.get(0));
  }

  @Test
  void a_removed_row_is_named() {
    chain.tamper("delete from audit_events where id = '%s'".formatted(rows.get(2)));

    assertThat(chain.findings()).containsExactly("ROW_REMOVED 1 " + rows.get(2));
  }

  @Test
  void a_row_that_was_inserted_among_sealed_ones_is_named() {
    UUID forged = UUID.randomUUID();
    chain.tamper(
        """
        insert into audit_events (id, tenant_id, actor, action, resource_type, resource_id, result, request_id,
          transport, occurred_at, details, position, xid)
        select '%s', tenant_id, actor, action, resource_type, resource_id, result, request_id, transport, occurred_at,
          details, position, xid from audit_events where id = '%s'
        """
            .formatted(new UUID(0, forged.getLeastSignificantBits()), rows.get(3)));

    assertThat(chain.findings())
        .containsExactly("ROW_INSERTED 2 " + new UUID(0, forged.getLeastSignificantBits()));
  }

  @Test
  void a_changed_seal_is_named() {
    chain.tamper(
        "update audit_events set result = 'denied' where id = '%s'".formatted(rows.get(4)));
    chain.tamper(
        "update audit_seals set digests = overlay(digests placing decode(repeat('ab', 32), 'hex') from 33)"
            + " where number = 2");

    assertThat(chain.findings())
        .containsExactlyInAnyOrder("SEAL_CHANGED 2 null", "ROW_CHANGED 2 " + rows.get(4));
  }

  @Test
  void a_seal_with_a_new_hash_does_not_fit_the_next_one() {
    Seal second = chain.work.read(tx -> tx.seals().seals(AuditChain.TENANT, 1, 1)).getFirst();
    Seal forged =
        new Seal(
            second.tenantId(),
            second.number(),
            second.sealedAt().plusSeconds(1),
            second.rowIds(),
            second.digests(),
            second.last(),
            second.previous(),
            "");
    chain.tamper(
        "update audit_seals set sealed_at = '%s', hash = '%s' where number = 2"
            .formatted(forged.sealedAt(), forged.computed()));

    assertThat(chain.findings()).containsExactly("CHAIN_BROKEN 3 null");
  }

  @Test
  void a_removed_seal_is_named() {
    chain.tamper("delete from audit_seals where number = 2");

    assertThat(chain.findings()).containsExactly("SEAL_REMOVED 2 null");
  }

  @Test
  void removed_last_seals_leave_rows_without_one_and_are_missed_by_who_noted_them() {
    Seal last = Objects.requireNonNull(chain.report().last());
    String noted = last.number() + ":" + last.hash();
    assertThat(chain.verifier().has(AuditChain.TENANT, noted)).isTrue();
    chain.tamper("delete from audit_seals where number > 1");

    assertThat(chain.report().unsealed()).isEqualTo(4);
    assertThat(chain.verifier().has(AuditChain.TENANT, noted)).isFalse();
    chain.time.advance(java.time.Duration.ofSeconds(5));
    chain.seal();
    assertThat(chain.findings()).isEmpty();
    assertThat(chain.verifier().has(AuditChain.TENANT, noted)).isFalse();
  }
}
