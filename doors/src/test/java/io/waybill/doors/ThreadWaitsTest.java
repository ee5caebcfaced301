package io.waybill.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ThreadWaitsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final Waits waits = new ThreadWaits();
  private final CompletableFuture<String> never = new CompletableFuture<>();

  @Test
  void an_end_that_has_come_is_not_waited_for() {
    CompletableFuture<String> end = CompletableFuture.completedFuture("over");

    assertThat(waits.isDone(end)).isTrue();
    assertThat(waits.isDoneWithin(end, Duration.ZERO)).isTrue();
  }

  @Test
  void an_end_that_does_not_come_is_waited_for_as_long_as_was_said() {
    long began = waits.nanoTime();

    assertThat(waits.isDoneWithin(never, Duration.ofMillis(1))).isFalse();
    assertThat(waits.nanoTime()).isGreaterThanOrEqualTo(began + 1_000_000);
  }

  @Test
  void whoever_is_told_to_end_waits_for_nothing_any_more_and_remembers() {
    Thread.currentThread().interrupt();

    assertThat(waits.pause(LONG)).isFalse();
    assertThat(waits.isDone(never)).isFalse();
    assertThat(waits.isDoneWithin(never, LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void an_end_that_fails_is_a_defect() {
    CompletableFuture<String> failed =
        CompletableFuture.failedFuture(new IllegalStateException("on purpose"));

    assertThatThrownBy(() -> waits.isDone(failed)).hasMessageContaining("never fails");
    assertThatThrownBy(() -> waits.isDoneWithin(failed, LONG)).hasMessageContaining("never fails");
  }
}
