package io.waybill.simulator;

import io.waybill.core.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The heart of one lease: beats every ten seconds until its work has ended or the lease is lost.
 */
final class Beat {

  private static final Duration PERIOD = Duration.ofSeconds(10);

  final Replica replica;
  private final Supplier<Boolean> renew;
  private Instant next;
  private boolean ended;
  private boolean underWay;

  Beat(Replica replica, Supplier<Boolean> renew, Instant now) {
    this.replica = replica;
    this.renew = renew;
    this.next = now.plus(PERIOD);
  }

  boolean isDue(Instant now) {
    return !ended && !underWay && !next.isAfter(now);
  }

  Flight begin() {
    underWay = true;
    return new Flight("a heart", "beats", replica, renew, this::over);
  }

  private void over(Flight.End end) {
    underWay = false;
    next = next.plus(PERIOD);
    switch (end) {
      case Flight.End.Answered(Object isOurs) -> ended |= Boolean.FALSE.equals(isOurs);
      case Flight.End.Died(RuntimeException of) -> {
        if (!(of instanceof Outage)) {
          throw new Broken("a defect in a heartbeat", of);
        }
      }
    }
  }

  void end() {
    ended = true;
  }

  boolean isUnderWay() {
    return underWay;
  }

  boolean isOver() {
    return ended && !underWay;
  }
}
