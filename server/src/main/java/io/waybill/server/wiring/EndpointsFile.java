package io.waybill.server.wiring;

import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Choices;
import io.waybill.s3.S3Credentials;
import io.waybill.s3.S3Endpoint;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Further stores, as {@code name.endpoint}, {@code .public-endpoint}, {@code .region}, {@code
 * .access-key}, {@code .secret-key}, {@code .buckets}, {@code .kms-keys} and {@code .path-style}
 * describe each. It holds secrets.
 */
final class EndpointsFile {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Set<String> KEYS =
      Set.of(
          "endpoint",
          "public-endpoint",
          "region",
          "access-key",
          "secret-key",
          "buckets",
          "kms-keys",
          "path-style");

  private final String file;
  private final Properties properties = new Properties();

  private EndpointsFile(String file) {
    this.file = file;
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static Map<String, S3Endpoint> read(String file) {
    EndpointsFile read = new EndpointsFile(file);
    try (Reader in = Files.newBufferedReader(Path.of(file))) {
      read.properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupFailure("WAYBILL_STORAGE_ENDPOINTS_FILE names " + file + ", unreadable");
    }
    Map<String, S3Endpoint> endpoints = new TreeMap<>();
    read.names().forEach(name -> endpoints.put(name, read.endpoint(name)));
    return endpoints;
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String property : properties.stringPropertyNames()) {
      int dot = property.lastIndexOf('.');
      String name = dot < 0 ? "" : property.substring(0, dot);
      if (!isName(name) || !KEYS.contains(property.substring(dot + 1))) {
        throw new StartupFailure(file + " says " + property + ", which means nothing");
      }
      names.add(name);
    }
    return names;
  }

  private S3Endpoint endpoint(String name) {
    String internal = said(name, "endpoint", "");
    List<String> buckets = list(said(name, "buckets", ""));
    try {
      return new S3Endpoint(
              URI.create(internal),
              URI.create(said(name, "public-endpoint", internal)),
              said(name, "region", "us-east-1"),
              new S3Credentials(said(name, "access-key", ""), said(name, "secret-key", "")),
              said(name, "path-style", "true").equals("true")
                  ? S3Addressing.PATH
                  : S3Addressing.VIRTUAL_HOST,
              buckets.isEmpty() ? "" : buckets.getFirst(),
              false)
          .offering(
              new S3Choices(
                  Set.copyOf(buckets), StorageEndpoints.keys(list(said(name, "kms-keys", "")))));
    } catch (IllegalArgumentException e) {
      throw new StartupFailure("%s in %s: %s".formatted(name, file, e.getMessage()));
    }
  }

  private String said(String name, String key, String otherwise) {
    String text = properties.getProperty(name + "." + key, "").strip();
    return text.isEmpty() ? otherwise : text;
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .distinct()
        .toList();
  }
}
