package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.work.Pass;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Pass NOTHING = Pass.whole(0);

  private final Alarm alarm = new Alarm();
  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void a_round_that_would_not_come_for_a_day_comes_when_the_alarm_is_rung() {
    try (Workers _ = start(() -> Pass.whole(rounds.incrementAndGet()))) {
      await().until(() -> rounds.get() == 1);
      alarm.ring();
      await().until(() -> rounds.get() == 2);
    }
    assertThat(rounds).hasValue(2);
  }

  @Test
  void however_often_it_is_rung_during_a_round_one_round_follows() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch rung = new CountDownLatch(1);
    Round round =
        () -> {
          rounds.incrementAndGet();
          begun.countDown();
          rung.await();
          return NOTHING;
        };
    try (Workers _ = start(round)) {
      begun.await();
      for (int i = 0; i < 100; i++) {
        alarm.ring();
      }
      rung.countDown();
      await().until(() -> rounds.get() == 2);
    }
    assertThat(rounds).hasValue(2);
  }

  private Workers start(Round round) {
    JobMetrics metrics = new JobMetrics(Watch.counting(new SimpleMeterRegistry()), "job", NEVER);
    Job job = new Job("job", NEVER, 0, round, metrics, OutageLog.of("job"), alarm);
    return Workers.start(List.of(job), GRACE);
  }
}
