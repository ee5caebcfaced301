package io.waybill.core.storage;

import java.time.Instant;
import java.util.Map;

/**
 * A part as ListParts describes it.
 *
 * @param sums that the store keeps of it, in Base64
 */
public record StoredPart(
    int partNumber,
    String etag,
    long sizeBytes,
    Instant uploadedAt,
    Map<ChecksumAlgorithm, String> sums) {

  public StoredPart {
    sums = Map.copyOf(sums);
  }

  /** One of which the store keeps no sum. */
  public StoredPart(int partNumber, String etag, long sizeBytes, Instant uploadedAt) {
    this(partNumber, etag, sizeBytes, uploadedAt, Map.of());
  }
}
