package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.doors.ThreadWaits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Patience patience = new Patience(PATIENCE, new ThreadWaits());
  private final AtomicInteger tries = new AtomicInteger();

  private Verdict<?> databaseIsAway() {
    tries.incrementAndGet();
    throw Outage.database("away", new IllegalStateException("on purpose"));
  }

  private Verdict<?> databaseIsThere() {
    tries.incrementAndGet();
    return Verdict.ok("served");
  }

  private static long longAgo() {
    return System.nanoTime() - PATIENCE.toNanos();
  }

  @Test
  void who_has_waited_long_enough_behind_others_is_told_what_they_have_seen() {
    assertUnavailable(patience.until(this::databaseIsAway, longAgo()));
    assertUnavailable(patience.until(this::databaseIsAway, longAgo()));

    assertThat(tries).as("the second one did not wait for a connection").hasValue(1);
  }

  @Test
  void who_has_waited_long_is_served_all_the_same_when_nobody_saw_an_outage() {
    assertThat(patience.until(this::databaseIsThere, longAgo())).isEqualTo(Verdict.ok("served"));
  }

  @Test
  void a_database_that_is_back_is_asked_again() {
    assertUnavailable(patience.until(this::databaseIsAway, longAgo()));
    assertThat(patience.until(this::databaseIsThere, System.nanoTime()))
        .isEqualTo(Verdict.ok("served"));
    assertThat(patience.until(this::databaseIsThere, longAgo())).isEqualTo(Verdict.ok("served"));
    assertThat(tries).hasValue(3);
  }

  private static void assertUnavailable(Verdict<?> verdict) {
    assertThat(verdict instanceof Verdict.Refused<?>(Refusal refusal) ? refusal.code() : null)
        .isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }
}
