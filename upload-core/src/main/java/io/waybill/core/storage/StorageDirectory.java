package io.waybill.core.storage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has configured, by name: all that a tenant can choose from.
 *
 * @param endpoints by the name that storage policies refer to
 */
public record StorageDirectory(Map<String, Endpoint> endpoints) {

  public StorageDirectory {
    endpoints = Map.copyOf(endpoints);
  }

  /**
   * One store.
   *
   * @param buckets those that policies may name
   * @param kmsKeyRefs names of keys that policies may refer to
   */
  public record Endpoint(String region, Set<String> buckets, Set<String> kmsKeyRefs) {
    public Endpoint {
      buckets = Set.copyOf(buckets);
      kmsKeyRefs = Set.copyOf(kmsKeyRefs);
    }
  }

  /** One store under the usual name, with these buckets. */
  public static StorageDirectory of(String endpointRef, String... buckets) {
    return new StorageDirectory(
        Map.of(endpointRef, new Endpoint("us-east-1", Set.of(buckets), Set.of())));
  }

  public Optional<Endpoint> find(@Nullable String endpointRef) {
    return endpointRef == null ? Optional.empty() : Optional.ofNullable(endpoints.get(endpointRef));
  }
}
