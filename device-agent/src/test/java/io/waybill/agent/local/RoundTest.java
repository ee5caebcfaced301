package io.waybill.agent.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoundTest {

  @Test
  void what_comes_again_and_again_outlives_its_faults_and_tells_of_each_kind_once()
      throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Thread.UncaughtExceptionHandler listener =
        (_, bug) -> told.add(String.valueOf(bug.getMessage()));
    try (ScheduledExecutorService threads =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().uncaughtExceptionHandler(listener).factory())) {
      Runnable work =
          () -> {
            switch (rounds.incrementAndGet() % 2) {
              case 0 -> throw new IllegalStateException("on purpose");
              default -> throw new IllegalArgumentException("the other one");
            }
          };
      var _ = threads.scheduleWithFixedDelay(Round.of(work), 0, 1, TimeUnit.MILLISECONDS);
      assertThat(List.of(told.take(), told.take())).containsExactly("the other one", "on purpose");
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> rounds.get() > 10);
      threads.shutdownNow();
      assertThat(told).as("the journal is not filled").isEmpty();
    }
  }
}
