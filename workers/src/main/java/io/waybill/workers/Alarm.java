package io.waybill.workers;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends a pause before its time. Rung while nobody waits, it ends the next pause at once. */
public final class Alarm {

  private final Semaphore rung = new Semaphore(0);

  /** However often it is rung during a round, one round follows. */
  public void ring() {
    if (rung.availablePermits() == 0) {
      rung.release();
    }
  }

  /** Returns when it is rung, or after this time. */
  void await(Duration atMost) throws InterruptedException {
    if (rung.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      rung.drainPermits();
    }
  }
}
