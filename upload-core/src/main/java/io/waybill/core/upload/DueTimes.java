package io.waybill.core.upload;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a worker looks at a session next: what is due, state by state. */
final class DueTimes {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int MOST_WAITS = 30;

  private DueTimes() {}

  /** Empty when nothing is left to do. */
  static Optional<Instant> of(Session session) {
    return switch (session) {
      case Session.Initiating s -> Optional.of(s.redriveAt());
      case Session.Open s -> Optional.of(endOf(s.upload()));
      case Session.Completing s -> Optional.of(afterLease(s.lease()));
      case Session.Completed s -> Optional.empty();
      case Session.Aborting s -> Optional.of(s.redriveAt());
      case Session.Aborted s -> Optional.ofNullable(s.abortAgainAt());
      case Session.Expired s -> Optional.of(s.upload().expiresAt().plus(Upload.EXPIRY_GRACE));
      case Session.Failed s -> Optional.ofNullable(s.abortAt());
    };
  }

  /** At the end of its life, or as soon as storage's denial of it can be believed. */
  private static Instant endOf(Upload upload) {
    Instant missingSince = upload.missingSince();
    Instant end = upload.expiresAt();
    Instant look = missingSince == null ? end : missingSince.plus(Upload.MISSING_FOR);
    return look.isBefore(end) ? look : end;
  }

  /** After the lease, and a little later with every attempt: an outage is not hammered. */
  private static Instant afterLease(Lease lease) {
    long waits = Math.min(lease.attempt() - 1L, MOST_WAITS);
    return lease.until().plus(WAIT.multipliedBy(waits));
  }
}
