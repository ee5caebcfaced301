package io.waybill.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks whether we are ready hears the truth, and costs us little. */
@Timeout(60)
class ReadinessTest {

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);

  private void hang() {
    asked.incrementAndGet();
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fail() {
    throw new IllegalStateException("away");
  }

  @Test
  void every_part_is_told_in_order_and_all_must_answer() {
    Readiness readiness =
        new Readiness(
            List.of(
                new Readiness.Check("database", () -> {}),
                new Readiness.Check("storage", ReadinessTest::fail)),
            Duration.ofSeconds(30));

    assertThat(readiness.report())
        .isEqualTo(
            new Readiness.Report(
                "down",
                List.of(
                    new Readiness.Part("database", "up"), new Readiness.Part("storage", "down"))));
  }

  @Test
  void a_part_that_hangs_is_not_asked_again_before_it_has_answered() {
    Readiness readiness =
        new Readiness(List.of(new Readiness.Check("database", this::hang)), Duration.ofMillis(50));

    assertThat(readiness.report().up()).isFalse();
    assertThat(readiness.report().up()).isFalse();
    assertThat(asked).hasValue(1);
    answers.countDown();
  }
}
