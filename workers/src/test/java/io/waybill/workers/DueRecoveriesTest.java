package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.app.CommitListener;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.work.Pass;
import io.waybill.testkit.Plant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast a recovery goes on, by a clock that the test has in its hand, and what is counted. */
class DueRecoveriesTest {
  private static final Duration WORK = Duration.ofMillis(300);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Plant plant = new Plant(CommitListener.NONE);
  private final UUID tenant = plant.cases.quotas().reconcileQuotas().tenants(null).getFirst();
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 7); // it may pass its end
  private final List<Long> waited = new ArrayList<>();

  @Test
  void a_second_lies_between_the_beginnings_of_rounds_whatever_they_take_and_each_has_its_most()
      throws InterruptedException {
    DueRecoveries due = started(3, 1);

    List<Integer> checked = new ArrayList<>();
    while (!isCompleted()) {
      checked.add(round(due).items());
      assertThat(checked).hasSizeLessThan(50);
    }

    assertThat(checked).allMatch(number -> number <= 1);
    assertThat(checked.stream().mapToInt(number -> number).sum()).isEqualTo(3);
    assertThat(waited.getFirst()).as("the first begins at once").isZero();
    assertThat(waited.subList(1, waited.size())).containsOnly(700L);
  }

  @Test
  void by_hand_it_goes_on_to_the_end_although_rounds_come_a_little_early()
      throws InterruptedException {
    DueRecoveries due = started(3, 1);
    while (round(due).more()) {
      assertThat(waited).hasSizeLessThan(50);
    }

    assertThat(isCompleted()).isTrue();
  }

  @Test
  void by_hand_the_end_of_one_tenant_s_is_not_the_end_of_the_others() throws InterruptedException {
    DueRecoveries due = started(1, 1);
    UUID other = new UUID(7, 7);
    plant.cases.recoveries().start().handle(other);
    while (round(due).more()) {
      assertThat(waited).hasSizeLessThan(50);
    }

    assertThat(isCompleted()).isTrue();
    assertThat(isCompleted(other)).isTrue();
  }

  @Test
  void one_that_takes_longer_is_followed_at_once() throws InterruptedException {
    DueRecoveries due = started(3, 1);
    round(due);
    clock.addAndGet(Duration.ofSeconds(2).toNanos());
    round(due);

    assertThat(waited).containsExactly(0L, 0L);
  }

  @Test
  void what_is_left_is_counted_twice_a_minute_and_at_the_end() throws InterruptedException {
    DueRecoveries due = started(60, 1);
    assertThat(pending()).isEqualTo("NaN");
    round(due);
    String first = pending();
    for (int second = 1; second < 30; second++) {
      round(due);
      assertThat(pending()).as("after %d s", second).isEqualTo(first);
    }
    round(due);
    assertThat(Double.parseDouble(pending())).isLessThan(60);

    while (!isCompleted()) {
      round(due);
    }
    assertThat(pending()).isEqualTo("0.0");
  }

  @Test
  void what_was_counted_last_stays_while_the_database_is_away() throws InterruptedException {
    DueRecoveries due = started(1, 1);
    round(due);
    assertThat(pending()).isNotEqualTo("NaN");

    plant.database.down = true;
    assertThatThrownBy(due::run).isInstanceOf(Outage.class);
    assertThat(pending()).isNotEqualTo("NaN");
  }

  /**
   * One round, which takes its time, and not quite a second until the next one asks what is due.
   */
  private Pass round(DueRecoveries due) throws InterruptedException {
    Pass pass = due.run();
    clock.addAndGet(WORK.toNanos());
    plant.time.advance(Duration.ofMillis(999));
    return pass;
  }

  /** A recovery of so many datasets, which was started, and its worker. */
  private DueRecoveries started(int datasets, int perSecond) {
    for (int one = 0; one < datasets; one++) {
      UUID session = plant.create(1);
      plant.put(session, 1, Plant.PART_BYTES);
      assertThat(plant.complete(session)).isInstanceOf(Verdict.Ok.class);
    }
    plant.cases.recoveries().start().handle(tenant);
    StorageWork storage = WorkersTest.storage(plant);
    DueRecoveries.Pace pace =
        new DueRecoveries.Pace(
            perSecond,
            clock::get,
            nanos -> {
              waited.add(nanos / 1_000_000);
              clock.addAndGet(nanos);
            });
    JobMetrics metrics = new JobMetrics(Watch.counting(registry), "recover", DueRecoveries.PERIOD);
    return new DueRecoveries(storage, pace, registry, metrics, OutageLog.of("recover"));
  }

  private boolean isCompleted() {
    return isCompleted(tenant);
  }

  private boolean isCompleted(UUID whose) {
    return plant.cases.recoveries().read().newest(whose).orElseThrow().status()
        == RecoveryPhase.COMPLETED;
  }

  private String pending() {
    return registry
        .scrape()
        .lines()
        .filter(line -> line.contains("status=\"RECOVERY_PENDING\""))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }
}
