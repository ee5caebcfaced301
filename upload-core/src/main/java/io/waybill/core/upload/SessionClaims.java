package io.waybill.core.upload;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Whose turn it is to walk a session: claims of workers, and leases of completions. */
public interface SessionClaims {

  /**
   * Sessions of all tenants whose {@link Session#dueAt()} has come, oldest first, claimed for this
   * caller until {@code leaseUntil}: no other claim sees them before. Rows that others have locked
   * are skipped. Claiming changes neither state nor version.
   */
  List<Session> due(Instant now, Instant leaseUntil, int limit);

  /** Moves the end of a live completion lease; false when the attempt is no longer the current. */
  boolean renew(UUID sessionId, int attempt, Instant leaseUntil);

  /**
   * Moves the end of a claim; false when the session has moved since this version, or nobody has
   * claimed it.
   */
  boolean keep(UUID sessionId, long version, Instant until);
}
