package io.waybill.agent.upload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The server's time, as far as its answers tell it. Our own clock may be wrong by years; it is only
 * compared, to warn.
 */
final class ServerClock {

  private static final Duration TOLERABLE = Duration.ofMinutes(1);

  private final InstantSource own;
  private @Nullable Instant learned;
  private long learnedAt;

  ServerClock(InstantSource own) {
    this.own = own;
  }

  /** An answer that gives the same moment absolutely and relatively gives the time. */
  void learn(@Nullable Instant at, @Nullable Long inSeconds) {
    if (at != null && inSeconds != null) {
      learned = at.minusSeconds(inSeconds);
      learnedAt = System.nanoTime();
    }
  }

  Instant now() {
    Instant base = learned;
    return base == null ? own.instant() : base.plusNanos(System.nanoTime() - learnedAt);
  }

  /** How far our own clock is from the server's; zero when that is tolerable or unknown. */
  Duration skew() {
    Instant base = learned;
    if (base == null) {
      return Duration.ZERO;
    }
    Duration skew = Duration.between(now(), own.instant());
    return skew.abs().compareTo(TOLERABLE) < 0 ? Duration.ZERO : skew;
  }
}
