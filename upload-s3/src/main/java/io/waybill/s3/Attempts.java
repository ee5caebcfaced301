package io.waybill.s3;

import io.waybill.core.Outage;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One call's failures so far, and the time they took. */
final class Attempts {
  private final Retrying retrying;
  private final long end;
  private int failures;

  /** How calls are repeated: how often and after which pauses, by which clock. */
  record Retrying(RetryPolicy policy, Pause pause, RandomGenerator random, LongSupplier nanoTime) {

    /** With real pauses. */
    static Retrying by(RetryPolicy policy) {
      return new Retrying(
          policy, Thread::sleep, () -> ThreadLocalRandom.current().nextLong(), System::nanoTime);
    }

    /** What a call answers that begins now. */
    <T> T of(Supplier<T> call) {
      return new Attempts(this, end()).of(call);
    }

    /** When a call that begins now is repeated no more. */
    long end() {
      return nanoTime.getAsLong() + policy.total().toNanos();
    }
  }

  Attempts(Retrying retrying, long end) {
    this.retrying = retrying;
    this.end = end;
  }

  /** What the call answers, which is asked again as long as that may help. */
  <T> T of(Supplier<T> call) {
    while (true) {
      try {
        return call.get();
      } catch (Outage.Storage outage) {
        if (!mayGoOnAfter(outage)) {
          throw outage;
        }
      }
    }
  }

  /** Pauses and says yes, or says no. */
  boolean mayGoOnAfter(Outage.Storage outage) {
    if (!mayHelpAgain(outage)) {
      return false;
    }
    failures++;
    Duration time = backoff(outage).pause(failures, retrying.random());
    if (Thread.currentThread().isInterrupted()
        || retrying.nanoTime().getAsLong() + time.toNanos() - end >= 0) {
      return false;
    }
    try {
      retrying.pause().sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Who refuses us, or is not trusted, will be so a second later; and who answers rubbish has
   * perhaps done what was asked: each upload made without a word of its id is an orphan, under its
   * recorded key.
   */
  static boolean mayHelpAgain(Outage.Storage outage) {
    return !outage.isRefusal()
        && !(outage.getCause() instanceof StorageFault fault
            && (fault.kind() == StorageFault.Kind.NONSENSE
                || fault.kind() == StorageFault.Kind.UNTRUSTED));
  }

  private RetryPolicy.Backoff backoff(Outage.Storage outage) {
    boolean overloaded =
        outage.getCause() instanceof StorageFault fault
            && fault.kind() == StorageFault.Kind.SLOW_DOWN;
    return overloaded ? retrying.policy().slowDown() : retrying.policy().fault();
  }
}
