package io.waybill.acceptance.kill;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long tests wait for what outlives deaths: generously, and for a condition. */
final class Patience {
  static final Duration LIMIT = Duration.ofMinutes(5);

  private Patience() {}

  /** Waits until it holds; while it cannot be asked at all, it does not. */
  static void until(Callable<Boolean> condition) {
    await().atMost(LIMIT).ignoreExceptions().until(condition);
  }
}
