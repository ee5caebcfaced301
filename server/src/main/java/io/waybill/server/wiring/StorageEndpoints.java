package io.waybill.server.wiring;

import io.waybill.core.storage.StorageStrain;
import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Choices;
import io.waybill.s3.S3Connections;
import io.waybill.s3.S3Credentials;
import io.waybill.s3.S3Endpoint;
import io.waybill.s3.S3Settings;
import io.waybill.s3.S3Timeouts;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The stores that are configured: that of the settings, and those of the file. */
final class StorageEndpoints {
  private StorageEndpoints() {}

  static S3Settings of(Configuration configuration) {
    Map<String, S3Endpoint> endpoints = new TreeMap<>(further(configuration));
    if (endpoints.put(Backbone.ENDPOINT_REF, usual(configuration)) != null) {
      throw new StartupFailure(
          "the endpoint %s is that of WAYBILL_STORAGE_ENDPOINT; the file needs another name"
              .formatted(Backbone.ENDPOINT_REF));
    }
    return new S3Settings(
        endpoints,
        S3Timeouts.DEFAULT,
        new S3Connections(
            configuration.number(StorageSetting.CONNECTIONS, 1, 10_000),
            Authorities.tls(configuration)));
  }

  /** From when on one of them is strained. */
  static StorageStrain.Bounds strain(Configuration configuration) {
    return new StorageStrain.Bounds(
        Duration.ofSeconds(
            configuration.number(StorageSetting.BACKPRESSURE_WINDOW_SECONDS, 1, 3600)),
        configuration.number(StorageSetting.BACKPRESSURE_PERCENT, 1, 100),
        Duration.ofMillis(configuration.number(StorageSetting.BACKPRESSURE_SLOW_MILLIS, 1, 60_000)),
        configuration.number(StorageSetting.BACKPRESSURE_CALLS, 1, 1_000_000));
  }

  /** Those of the file, by name. */
  static Map<String, S3Endpoint> further(Configuration configuration) {
    String file = configuration.text(StorageSetting.ENDPOINTS_FILE);
    return file.isEmpty() ? Map.of() : EndpointsFile.read(file);
  }

  private static S3Endpoint usual(Configuration configuration) {
    URI internal = configuration.uri(StorageSetting.ENDPOINT);
    URI external =
        configuration.text(StorageSetting.PUBLIC_ENDPOINT).isEmpty()
            ? internal
            : configuration.uri(StorageSetting.PUBLIC_ENDPOINT);
    try {
      return new S3Endpoint(
              internal,
              external,
              configuration.text(StorageSetting.REGION),
              new S3Credentials(
                  configuration.text(StorageSetting.ACCESS_KEY),
                  configuration.text(StorageSetting.SECRET_KEY)),
              configuration.flag(StorageSetting.PATH_STYLE)
                  ? S3Addressing.PATH
                  : S3Addressing.VIRTUAL_HOST,
              configuration.text(StorageSetting.BUCKET),
              false)
          .offering(choices(configuration));
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "%s (see WAYBILL_STORAGE_* in docs/configuration.md)".formatted(e.getMessage()));
    }
  }

  private static S3Choices choices(Configuration configuration) {
    Set<String> buckets = new LinkedHashSet<>(configuration.list(StorageSetting.BUCKETS));
    buckets.add(configuration.text(StorageSetting.BUCKET));
    return new S3Choices(buckets, keys(configuration.list(StorageSetting.KMS_KEYS)));
  }

  /** {@code name=id}, each. */
  static Map<String, String> keys(List<String> pairs) {
    Map<String, String> keys = new TreeMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1
          || equals == pair.length() - 1
          || !EndpointsFile.isName(pair.substring(0, equals).strip())) {
        throw new IllegalArgumentException("a KMS key is written name=id of the store");
      }
      keys.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return keys;
  }
}
