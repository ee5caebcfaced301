package io.waybill.agent.upload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of one run. It begins with this machine's clock and only goes forward: no correction of
 * that clock lengthens or ends a wait.
 */
final class RunClock {

  private final InstantSource own;
  private final Instant start;
  private final long startNanos = System.nanoTime();

  RunClock(InstantSource own) {
    this.own = own;
    this.start = own.instant();
  }

  /** The moment of a {@code System.nanoTime()}. */
  Instant at(long nanoTime) {
    return start.plusNanos(nanoTime - startNanos);
  }

  Instant now() {
    return at(System.nanoTime());
  }

  /** The same moment by this machine's clock as it is now, for people and manifests. */
  Instant shown(Instant moment) {
    Duration corrected = Duration.between(now(), own.instant());
    return moment.plusSeconds(corrected.plusMillis(500).toSeconds());
  }
}
