package io.waybill.workers;

import java.time.Duration;

/**
 * How long a relay waits for its next look: while events wait for a transaction that may still come
 * before them, whose end nobody says, a short time that doubles.
 */
final class HeldBack {
  private static final Duration SHORTEST = Duration.ofMillis(10);

  private boolean isHeldBack;
  private Duration next = SHORTEST;

  /** What the last look has shown. */
  void note(boolean heldBack) {
    isHeldBack = heldBack;
  }

  /**
   * How long it waits now.
   *
   * @param period how long it usually does
   */
  Duration pause(Duration period) {
    if (!isHeldBack) {
      next = SHORTEST;
      return period;
    }
    Duration now = next.compareTo(period) < 0 ? next : period;
    next = now.multipliedBy(2);
    return now;
  }
}
