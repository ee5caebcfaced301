package io.waybill.postgres;

import io.waybill.core.Outage;
import io.waybill.core.work.Heartbeat;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A virtual thread that renews while the caller's thread works. */
public final class ThreadHeartbeat implements Heartbeat {
  private static final System.Logger LOG = System.getLogger(ThreadHeartbeat.class.getName());

  private final Duration period;

  /** Beats every 10 seconds. */
  public ThreadHeartbeat() {
    this(Duration.ofSeconds(10));
  }

  public ThreadHeartbeat(Duration period) {
    this.period = period;
  }

  @Override
  public <T> T during(Supplier<T> work, Supplier<Boolean> renew) {
    CountDownLatch done = new CountDownLatch(1);
    Thread heart = Thread.ofVirtual().name("heartbeat").start(() -> beat(done, renew));
    try {
      return work.get();
    } finally {
      done.countDown();
      // A beat that is under way must not renew a lease that the outcome has already let go.
      awaitEnd(heart);
    }
  }

  private void beat(CountDownLatch done, Supplier<Boolean> renew) {
    try {
      while (!done.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!renewed(renew)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean renewed(Supplier<Boolean> renew) {
    try {
      return renew.get();
    } catch (Outage e) {
      return true; // the lease is longer than a beat: the next one may still be in time
    } catch (RuntimeException e) {
      // Whatever it was, to stop would lose the lease of work that goes on.
      LOG.log(System.Logger.Level.ERROR, "a defect in a heartbeat; the next beat tries again", e);
      return true;
    }
  }

  private static void awaitEnd(Thread heart) {
    boolean interrupted = false;
    while (heart.isAlive()) {
      try {
        heart.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
