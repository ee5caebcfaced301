package io.waybill.core.upload;

import io.waybill.core.storage.ObjectLocation;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How far the walks in search of orphan uploads have come, and what sessions know of uploads. */
public interface SweepStore {

  /**
   * One walk through one bucket; there may be several kinds.
   *
   * @param kind a word of the walker's own
   */
  record Walk(String endpointRef, String bucket, String kind) {}

  /**
   * Makes this caller the only one on the walk, if it is due and nobody else is: a claim is a
   * lease, and the time at which the walk is due again.
   *
   * @return where it goes on, empty text at its beginning
   */
  Optional<String> claim(Walk walk, Instant now, Instant until);

  /**
   * Lets go of a claim.
   *
   * @param claimedUntil as it was claimed; when somebody else has claimed it since, nothing is
   *     written
   * @param cursor where it goes on
   */
  boolean save(Walk walk, Instant claimedUntil, String cursor, Instant dueAt);

  /** The upload ids that these sessions carry; at most as many as there are sessions. */
  Set<String> carried(Collection<UUID> sessionIds);

  /** Those of these tenants that this installation has. */
  Set<UUID> ours(Collection<UUID> tenantIds);

  /** A session and where its object is, or would be. */
  record Recorded(UUID sessionId, ObjectLocation location) {}

  /** Sessions in the order of their ids, those between two, whatever their states. */
  List<Recorded> recorded(UUID after, UUID before, int limit);
}
