package io.waybill.postgres;

import io.waybill.core.Outage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What calls that died want done when the database answers again: tried until it is. */
final class Errands {
  private static final int AT_ONCE = 256;
  private static final Duration CALLER_WAITS = Duration.ofMillis(300);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Semaphore room = new Semaphore(AT_ONCE);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * Returns when the work has been tried once, or after a moment. Beyond the room, does nothing.
   */
  void run(Duration patience, Runnable work) {
    if (!room.tryAcquire()) {
      return;
    }
    CountDownLatch tried = new CountDownLatch(1);
    long end = System.nanoTime() + patience.toNanos();
    Thread.ofVirtual().name("errand").start(() -> walk(end, work, tried));
    try {
      var _ = tried.await(CALLER_WAITS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void walk(long end, Runnable work, CountDownLatch tried) {
    Duration pause = FIRST_PAUSE;
    try {
      while (!isDone(work) && System.nanoTime() < end) {
        tried.countDown();
        if (ended.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tried.countDown();
      room.release();
    }
  }

  private static boolean isDone(Runnable work) {
    try {
      work.run();
      return true;
    } catch (Outage e) {
      return false;
    }
  }

  /** No further tries: the database is being left. */
  void end() {
    ended.countDown();
  }
}
