package io.waybill.core.dataset;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Intents to tell stores that can lock objects which datasets are held, and which no more. A held
 * dataset that gets an object has one, too.
 */
public interface DatasetHolds {

  /** Notes that its store is to be told what is true of it by now; never while it is being told. */
  void request(UUID tenantId, UUID datasetId, Instant now);

  /**
   * Those that are due, at most so many, oldest first; each is left to the caller until then. One
   * that somebody else is at work on is left out.
   */
  List<HoldIntent> claimDue(Instant now, Instant until, int limit);

  /** Its objects in buckets that are known to lock: each with its version. */
  List<StoredPlace> places(UUID tenantId, UUID datasetId);

  /**
   * Notes that the store was told, unless the dataset has changed since it was claimed, or has an
   * object in a bucket of which nobody knows yet whether it locks: then it is due again.
   */
  void finish(HoldIntent told);
}
