package io.waybill.core.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished object as HEAD describes it.
 *
 * @param etag as the store quotes it; not an MD5
 * @param versionId null where the bucket is not versioned
 * @param sums that the store keeps of it, by {@link ChecksumAlgorithm#word}, as the store writes
 *     them
 */
public record StoredObject(
    long sizeBytes, String etag, @Nullable String versionId, Map<String, String> sums) {

  public StoredObject {
    sums = Map.copyOf(sums);
  }

  /** One of which the store keeps no sum. */
  public StoredObject(long sizeBytes, String etag, @Nullable String versionId) {
    this(sizeBytes, etag, versionId, Map.of());
  }
}
