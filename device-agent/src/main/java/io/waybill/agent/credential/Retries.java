package io.waybill.agent.credential;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A new credential that the broker refused while it takes the old one: it is shown again, later and
 * later, because a broker may learn of it late. Only when that has not helped is it taken for lost.
 */
final class Retries {

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofMinutes(5);

  /** It has been refused for ten minutes by then. */
  private static final int ENOUGH = 8;

  private final LongSupplier nanos;
  private int enough;
  private int refusals;
  private long restsFrom;
  private boolean refused;

  /**
   * @param ofLastRun whether it is one of the last run: then a refusal says that it has ended
   */
  Retries(LongSupplier nanos, boolean ofLastRun) {
    this.nanos = nanos;
    this.enough = ofLastRun ? 1 : ENOUGH;
  }

  /** There is another new one. */
  void begin() {
    enough = ENOUGH;
    refusals = 0;
    refused = false;
  }

  /** The new one was refused. */
  void refused() {
    refused = true;
  }

  /** The old one was let in; this counts a refusal between, for then it was not a broker's mood. */
  void oldIsIn() {
    if (refused) {
      refused = false;
      refusals++;
      restsFrom = nanos.getAsLong();
    }
  }

  boolean areEnough() {
    return refusals >= enough;
  }

  /** Until it is shown again. */
  long leftMillis() {
    if (refusals == 0) {
      return 0;
    }
    long rest = Math.min(LAST.toMillis(), FIRST.toMillis() << Math.min(refusals - 1, 10));
    return Math.max(0, rest - (nanos.getAsLong() - restsFrom) / 1_000_000);
  }
}
