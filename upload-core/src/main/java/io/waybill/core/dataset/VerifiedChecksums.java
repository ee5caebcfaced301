package io.waybill.core.dataset;

import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * SHA-256 sums that are more than a client's word: storage or a validator has summed the bytes, or
 * they are a copy of bytes of which that is true.
 */
public interface VerifiedChecksums {

  /** Keeps a sum, in place of what was kept of the same dataset before. */
  void keep(Verified verified);

  /**
   * READY datasets of a project, one for each of these contents that it has: of several the one
   * summed last. Only objects at this endpoint, as they were when they were summed. Of many sums of
   * one content only the last ten need be looked at.
   */
  Map<Content, Twin> twins(
      UUID tenantId, UUID projectId, String endpointRef, Set<Content> contents);

  /**
   * What a file holds.
   *
   * @param sha256 of the whole file, lower-case hex
   */
  record Content(String sha256, long sizeBytes) {}

  /**
   * A sum of one dataset.
   *
   * @param object of which it is
   */
  record Verified(
      UUID tenantId,
      UUID projectId,
      UUID datasetId,
      String sha256,
      StoredObject object,
      Instant at) {}
}
