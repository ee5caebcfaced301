package io.waybill.core.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Intents to purge datasets: what is wanted, what is left to do, and that it is done. */
public interface DatasetPurges {

  /** What there is to know before one is purged; empty when the tenant has no such dataset. */
  Optional<PurgeStanding> find(UUID tenantId, UUID datasetId);

  /** One that is gone, to tell who asks again; empty while it is not. */
  Optional<Dataset> findPurged(UUID tenantId, UUID projectId, UUID datasetId);

  /**
   * Every place where an upload may have left an object of it, those of earlier uploads included,
   * each with the version that the upload ended in.
   */
  List<StoredPlace> places(UUID tenantId, UUID datasetId);

  /**
   * Notes that it is to be purged, and is looked after from {@code dueAt} on. Asked again, only the
   * time changes. Nothing is written of one that is not DELETED.
   */
  void request(UUID tenantId, UUID datasetId, Instant now, Instant dueAt);

  /** Notes of one whose purge is requested that it goes past locks in GOVERNANCE mode. */
  void bypassLocks(UUID tenantId, UUID datasetId);

  /**
   * Those that are due, at most so many, oldest first; each is left to the caller until then. One
   * that somebody else is at work on is left out.
   */
  List<Dataset> claimDue(Instant now, Instant until, int limit);

  /** Writes a locked one as PURGED: what is left of it, and nothing more. */
  void finish(Dataset purged);
}
