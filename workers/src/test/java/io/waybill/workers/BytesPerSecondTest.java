package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import io.waybill.core.validation.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How fast workers read what they sum. */
class BytesPerSecondTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 7); // it may pass its end
  private final List<Long> waited = new ArrayList<>();
  private final Pace pace =
      new BytesPerSecond(
          1000,
          clock::get,
          nanos -> {
            waited.add(nanos / 1_000_000);
            clock.addAndGet(nanos);
          });

  @Test
  void the_first_reads_at_once_and_the_next_when_what_was_read_has_had_its_time() {
    pace.take(500);
    pace.take(2000);
    pace.take(1);
    pace.take(1);

    assertThat(waited).containsExactly(500L, 2000L, 1L);
  }

  @Test
  void nothing_is_saved_up_while_nobody_reads() {
    clock.addAndGet(3_600_000_000_000L);
    pace.take(1000);
    pace.take(1000);

    assertThat(waited).containsExactly(1000L);
  }

  @Test
  void who_is_interrupted_while_waiting_says_nothing_of_the_file() {
    Pace stopped =
        new BytesPerSecond(
            1,
            clock::get,
            nanos -> {
              throw new InterruptedException();
            });
    stopped.take(1);

    assertThatThrownBy(() -> stopped.take(1)).isInstanceOf(Outage.Storage.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void none_is_no_bound() {
    assertThat(BytesPerSecond.of(0)).isSameAs(Pace.ANY);
  }
}
