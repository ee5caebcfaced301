package io.waybill.s3;

import java.util.Map;
import java.util.Set;

/**
 * What storage policies can choose from at one store.
 *
 * @param buckets that they can name
 * @param kmsKeys the store's ids of keys, by the names that policies refer to
 */
public record S3Choices(Set<String> buckets, Map<String, String> kmsKeys) {

  public S3Choices {
    buckets = Set.copyOf(buckets);
    kmsKeys = Map.copyOf(kmsKeys);
  }

  /** One bucket and no key. */
  static S3Choices only(String bucket) {
    return new S3Choices(Set.of(bucket), Map.of());
  }
}
