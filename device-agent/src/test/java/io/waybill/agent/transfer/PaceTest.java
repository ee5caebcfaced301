package io.waybill.agent.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private long now;

  private Pace pace(long bytesPerSecond) {
    return new Pace(bytesPerSecond, () -> now);
  }

  @Test
  void what_is_booked_waits_for_what_was_booked_before() {
    Pace pace = pace(1000);

    assertThat(pace.reserve(500)).isZero();
    assertThat(pace.reserve(500)).isEqualTo(Duration.ofMillis(500).toNanos());
    now += Duration.ofSeconds(2).toNanos();
    assertThat(pace.reserve(500)).isZero();
  }

  @Test
  void without_a_limit_nobody_waits() {
    assertThat(pace(Pace.UNLIMITED).reserve(Long.MAX_VALUE)).isZero();
  }

  /** A connection that waits for its turn must not look like one that is broken. */
  @Test
  void on_the_slowest_line_each_of_many_connections_moves_again_within_the_minute() {
    for (long rate : new long[] {2_000, 20_000, 200_000, 100_000_000}) {
      Pace pace = pace(rate);
      long wait = 0;
      for (int connection = 0; connection < 64; connection++) {
        wait = pace.reserve(pace.piece());
      }
      assertThat(Duration.ofNanos(wait)).isLessThan(Duration.ofMinutes(1));
    }
  }
}
