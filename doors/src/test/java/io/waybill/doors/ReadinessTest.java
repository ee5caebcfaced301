package io.waybill.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testkit.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
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

  @Test
  void what_is_wrong_is_said_once_and_so_is_its_end() {
    AtomicBoolean away = new AtomicBoolean(true);
    Readiness readiness =
        new Readiness(
            List.of(
                new Readiness.Check(
                    "storage",
                    () -> {
                      if (away.get()) {
                        fail();
                      }
                    })),
            Duration.ofSeconds(30));
    try (LogCapture log = new LogCapture()) {
      for (int probe = 0; probe < 3; probe++) {
        readiness.report();
      }
      away.set(false);
      for (int probe = 0; probe < 3; probe++) {
        readiness.report();
      }
      assertThat(log.linesWith("storage"))
          .satisfiesExactly(
              wrong -> assertThat(wrong).contains("not ready while storage does not work: away"),
              over -> assertThat(over).contains("storage works again"));
    }
  }

  /** Who makes the bucket must hear that the key is wrong, too. */
  @Test
  void another_reason_is_said_too_but_no_other_number() {
    AtomicReference<String> reason = new AtomicReference<>();
    Readiness readiness =
        new Readiness(
            List.of(
                new Readiness.Check(
                    "storage",
                    () -> {
                      throw new IllegalStateException(reason.get());
                    })),
            Duration.ofSeconds(30));
    try (LogCapture log = new LogCapture()) {
      for (String each : List.of("no bucket x", "wrong key (300 s)", "wrong key (301 s)")) {
        reason.set(each);
        readiness.report();
      }
      assertThat(log.linesWith("storage"))
          .satisfiesExactly(
              first -> assertThat(first).contains("does not work: no bucket x"),
              second -> assertThat(second).contains("does not work: wrong key (300 s)"));
    }
  }

  @Test
  void silence_is_no_news_after_a_reason() {
    AtomicBoolean silent = new AtomicBoolean();
    Readiness readiness =
        new Readiness(
            List.of(
                new Readiness.Check(
                    "database",
                    () -> {
                      if (silent.get()) {
                        hang();
                      }
                      fail();
                    })),
            Duration.ofMillis(50));
    try (LogCapture log = new LogCapture()) {
      readiness.report();
      Awaitility.await().until(() -> log.linesWith("away").size() == 1);
      List<String> before = log.linesWith("database");
      silent.set(true);
      Awaitility.await()
          .until(() -> {
            readiness.report();
            return asked.get() == 1;
          });
      readiness.report();
      assertThat(log.linesWith("database")).isEqualTo(before);
      answers.countDown();
    }
  }

  /** The reason may come when nobody waits for it any more. */
  @Test
  void a_silent_part_is_said_to_be_silent_until_it_says_why() {
    Readiness readiness =
        new Readiness(
            List.of(
                new Readiness.Check(
                    "database",
                    () -> {
                      hang();
                      fail();
                    })),
            Duration.ofMillis(50));
    try (LogCapture log = new LogCapture()) {
      readiness.report();
      readiness.report();
      answers.countDown();
      Awaitility.await().until(() -> log.linesWith("away").size() == 1);
      readiness.report();
      assertThat(log.linesWith("database"))
          .satisfiesExactly(
              silent -> assertThat(silent).contains("does not answer in time"),
              reason -> assertThat(reason).contains("does not work: away"));
    }
  }
}
