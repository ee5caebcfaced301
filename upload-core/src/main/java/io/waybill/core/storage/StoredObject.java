package io.waybill.core.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished object as HEAD describes it.
 *
 * @param etag as the store quotes it; not an MD5
 * @param versionId null where the bucket is not versioned
 * @param sums that the store keeps of it, by {@link ChecksumAlgorithm#word}, as the store writes
 *     them; and, by {@link ChecksumAlgorithm#combinedWord}, what its parts' sums make of the whole
 */
public record StoredObject(
    long sizeBytes, String etag, @Nullable String versionId, Map<String, String> sums) {

  public StoredObject {
    sums = Map.copyOf(sums);
  }

  /**
   * The same with the sum of all its bytes, which the sums of the parts that it was made of say;
   * the same object where they say none.
   */
  public StoredObject madeOf(List<StoredPart> parts, ChecksumAlgorithm algorithm) {
    return CombinedCrc.of(algorithm, parts)
        .map(sum -> {
          Map<String, String> more = new HashMap<>(sums);
          more.put(algorithm.combinedWord(), sum);
          return new StoredObject(sizeBytes, etag, versionId, more);
        })
        .orElse(this);
  }

  /**
   * Whether the store has summed all its bytes and come to another sum than its parts' sums do. A
   * sum of sums ({@code …-3}) says nothing of that.
   */
  public boolean isOfOtherBytes(ChecksumAlgorithm algorithm) {
    String whole = sums.get(algorithm.word());
    String combined = sums.get(algorithm.combinedWord());
    return whole != null && combined != null && algorithm.isSum(whole) && !whole.equals(combined);
  }

  /** One of which the store keeps no sum. */
  public StoredObject(long sizeBytes, String etag, @Nullable String versionId) {
    this(sizeBytes, etag, versionId, Map.of());
  }
}
