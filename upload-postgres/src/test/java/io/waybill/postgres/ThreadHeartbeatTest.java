package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadHeartbeatTest {
  private final ThreadHeartbeat heart = new ThreadHeartbeat(Duration.ofMillis(1));

  @Test
  void a_lease_is_renewed_again_and_again_while_the_work_lasts() {
    CountDownLatch beats = new CountDownLatch(3);

    String answer =
        heart.during(
            () -> {
              await(beats);
              return "done";
            },
            () -> {
              beats.countDown();
              return true;
            });

    assertThat(answer).isEqualTo("done");
  }

  @Test
  void renewing_ends_when_the_lease_is_lost_and_the_work_goes_on() {
    AtomicInteger beats = new AtomicInteger();
    CountDownLatch lost = new CountDownLatch(1);
    Thread worker = Thread.currentThread();

    String answer =
        heart.during(
            () -> {
              await(lost);
              return "done";
            },
            () -> {
              beats.incrementAndGet();
              lost.countDown();
              return false;
            });

    assertThat(answer).isEqualTo("done");
    assertThat(beats).hasValue(1);
    assertThat(worker.isInterrupted()).isFalse();
  }

  @Test
  void an_outage_does_not_end_the_renewing() {
    CountDownLatch beats = new CountDownLatch(3);

    heart.during(
        () -> {
          await(beats);
          return "done";
        },
        () -> {
          beats.countDown();
          throw Outage.database("away", new IllegalStateException());
        });

    assertThat(beats.getCount()).isZero();
  }

  @Test
  void a_defect_in_one_beat_does_not_end_the_renewing() {
    CountDownLatch beats = new CountDownLatch(3);

    heart.during(
        () -> {
          await(beats);
          return "done";
        },
        () -> {
          beats.countDown();
          throw new IllegalStateException("a defect");
        });

    assertThat(beats.getCount()).isZero();
  }

  @Test
  void no_beat_comes_after_the_work_even_one_that_was_under_way() {
    CountDownLatch beating = new CountDownLatch(1);
    AtomicBoolean workIsOver = new AtomicBoolean();
    AtomicBoolean beatEnded = new AtomicBoolean();

    assertThatThrownBy(() ->
            heart.during(
                () -> {
                  await(beating);
                  workIsOver.set(true);
                  throw new IllegalArgumentException("the work failed");
                },
                () -> {
                  beating.countDown();
                  while (!workIsOver.get()) {
                    Thread.onSpinWait();
                  }
                  beatEnded.set(true);
                  return true;
                }))
        .hasMessage("the work failed");

    assertThat(beatEnded).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
