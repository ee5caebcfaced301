package io.waybill.core.upload.usecase;

import io.waybill.core.upload.RateStanding;
import io.waybill.core.upload.RateStore.Leased;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** What this process has taken out of one bucket. Nobody waits for anybody. */
final class Allowance {

  /** What was taken and not used is nobody's after this time. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final State NEW = new State(0, -1, Instant.MIN, Instant.MIN, Instant.MIN);

  private final AtomicReference<State> state = new AtomicReference<>(NEW);

  /**
   * As of one moment.
   *
   * @param here what may still be used
   * @param left in the bucket when something was last taken out; less than nothing when nothing
   *     ever was
   * @param until when what is here may be used
   * @param dryUntil when there is one in the bucket again, had it none
   */
  private record State(int here, double left, Instant leasedAt, Instant until, Instant dryUntil) {
    State with(int other) {
      return new State(other, left, leasedAt, until, dryUntil);
    }

    int usable(Instant now) {
      return now.isBefore(until) ? here : 0;
    }
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }

  /** One request less; false when there is none. */
  boolean take(Instant now) {
    State before = state();
    while (before.usable(now) > 0) {
      if (state.compareAndSet(before, before.with(before.here() - 1))) {
        return true;
      }
      before = state();
    }
    return false;
  }

  /** A request was none after all. */
  void giveBack() {
    state.updateAndGet(s -> s.with(s.here() + 1));
  }

  /** So much was taken out of a bucket of that size; what is over is forgotten. */
  void add(Leased leased, Instant now, int perMinute) {
    double lacking = Math.max(0, 1 - leased.left());
    Instant dryUntil =
        leased.requests() > 0
            ? Instant.MIN
            : now.plusMillis((long) Math.ceil(lacking * 60_000 / perMinute));
    state.updateAndGet(s ->
        new State(s.usable(now) + leased.requests(), leased.left(), now, now.plus(KEPT), dryUntil));
  }

  /** Whether there can be none in the bucket yet. */
  boolean isDry(Instant now) {
    return now.isBefore(state().dryUntil());
  }

  boolean isOver(Instant now) {
    return !now.isBefore(state().until());
  }

  RateStanding standing(String scope, int perMinute, Instant now) {
    State s = state();
    double inBucket = perMinute;
    if (s.left() >= 0) {
      double seconds = Math.max(0, Duration.between(s.leasedAt(), now).toMillis() / 1e3);
      inBucket = Math.min(perMinute, s.left() + seconds * perMinute / 60);
    }
    int remaining = (int) Math.min(perMinute, inBucket + s.usable(now));
    return new RateStanding(
        scope, perMinute, remaining, Math.ceilDiv((perMinute - remaining) * 60L, perMinute));
  }
}
