package io.waybill.s3;

import io.waybill.core.storage.StorageDirectory;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The object stores of an installation.
 *
 * @param endpoints by the name that storage policies refer to
 */
public record S3Settings(
    Map<String, S3Endpoint> endpoints, S3Timeouts timeouts, S3Connections connections) {

  public S3Settings {
    endpoints = Map.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("storage needs at least one endpoint");
    }
  }

  /** One store under one name, with default timeouts and connections. */
  public static S3Settings of(String endpointRef, S3Endpoint endpoint) {
    return new S3Settings(
        Map.of(endpointRef, endpoint), S3Timeouts.DEFAULT, S3Connections.standard());
  }

  /** The same, connected to in this way. */
  public S3Settings connectedBy(S3Connections others) {
    return new S3Settings(endpoints, timeouts, others);
  }

  /** What storage policies can name. */
  public StorageDirectory directory() {
    return new StorageDirectory(
        endpoints.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> offered(entry.getValue()))));
  }

  private static StorageDirectory.Endpoint offered(S3Endpoint endpoint) {
    return new StorageDirectory.Endpoint(
        endpoint.region(), endpoint.choices().buckets(), endpoint.choices().kmsKeys().keySet());
  }
}
