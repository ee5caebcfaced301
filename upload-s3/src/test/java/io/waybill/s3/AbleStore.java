package io.waybill.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ChecksumAlgorithm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A store that can do these things, and is honest about nothing else: what it cannot, it ignores.
 */
final class AbleStore implements AutoCloseable {

  private static final String NO = "<Error><Code>%s</Code></Error>";

  private final Set<Capability> able;
  private final HttpServer server;
  private final Map<String, Map<String, String>> uploads = new HashMap<>();
  private final Set<String> completed = new HashSet<>();
  private final Map<String, Map<String, String>> objects = new HashMap<>();

  private record Answer(int status, String body, Map<String, String> headers) {
    Answer(int status, String body) {
      this(status, body, Map.of());
    }
  }

  AbleStore(Set<Capability> able) throws IOException {
    this.able = able;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The keys that are left. */
  Set<String> left() {
    return Set.copyOf(objects.keySet());
  }

  private synchronized void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer = answer(exchange, body);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean isSilent = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
    exchange.sendResponseHeaders(answer.status(), isSilent ? -1 : bytes.length);
    if (!isSilent) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private Answer answer(HttpExchange exchange, String body) {
    Map<String, String> query = query(exchange.getRequestURI());
    String key = exchange.getRequestURI().getPath();
    return switch (exchange.getRequestMethod()) {
      case "POST" ->
          query.containsKey("uploads")
              ? created(exchange)
              : completed(exchange, key, query.getOrDefault("uploadId", ""));
      case "PUT" -> part(exchange, query.getOrDefault("uploadId", ""), body);
      case "HEAD" ->
          objects.containsKey(key)
              ? new Answer(200, "", objects.getOrDefault(key, Map.of()))
              : new Answer(404, "");
      case "DELETE" -> deleted(exchange, key, query);
      default -> told(query);
    };
  }

  private Answer created(HttpExchange exchange) {
    String id = "upload-" + uploads.size();
    Map<String, String> kept = new HashMap<>(Map.of("etag", "\"e\""));
    String encryption = header(exchange, "x-amz-server-side-encryption");
    if ((encryption.equals("AES256") && able.contains(Capability.SSE_S3))
        || (encryption.equals("aws:kms") && able.contains(Capability.SSE_KMS))) {
      kept.put("x-amz-server-side-encryption", encryption);
    }
    String mode = header(exchange, "x-amz-object-lock-mode");
    if (!mode.isEmpty() && able.contains(Capability.OBJECT_LOCK)) {
      kept.put("x-amz-object-lock-mode", mode);
    }
    if (able.contains(Capability.VERSIONING)) {
      kept.put("x-amz-version-id", "v1");
    }
    uploads.put(id, kept);
    return new Answer(200, "<R><UploadId>" + id + "</UploadId></R>");
  }

  private Answer part(HttpExchange exchange, String uploadId, String body) {
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String sum = header(exchange, algorithm.header());
      if (!sum.isEmpty()
          && able.contains(Capability.of(algorithm))
          && !(body.equals("waybill") && sum.equals(ProbeCalls.sumOfRight(algorithm)))) {
        return new Answer(400, NO.formatted("BadDigest"));
      }
    }
    return uploads.containsKey(uploadId)
        ? new Answer(200, "", Map.of("etag", "\"e\""))
        : new Answer(404, NO.formatted("NoSuchUpload"));
  }

  private Answer completed(HttpExchange exchange, String key, String uploadId) {
    if (completed.contains(uploadId) && !able.contains(Capability.IDEMPOTENT_COMPLETE)) {
      return new Answer(404, NO.formatted("NoSuchUpload"));
    }
    if (able.contains(Capability.COMPLETE_IF_ABSENT)
        && !header(exchange, "if-none-match").isEmpty()
        && objects.containsKey(key)) {
      return new Answer(412, NO.formatted("PreconditionFailed"));
    }
    completed.add(uploadId);
    objects.put(key, uploads.getOrDefault(uploadId, Map.of()));
    return new Answer(200, "<R><ETag>\"e\"</ETag></R>");
  }

  private Answer deleted(HttpExchange exchange, String key, Map<String, String> query) {
    if (query.containsKey("uploadId")) {
      return new Answer(204, "");
    }
    boolean isLocked = objects.getOrDefault(key, Map.of()).containsKey("x-amz-object-lock-mode");
    if (isLocked && header(exchange, "x-amz-bypass-governance-retention").isEmpty()) {
      return new Answer(403, NO.formatted("AccessDenied"));
    }
    objects.remove(key);
    return new Answer(204, "");
  }

  private Answer told(Map<String, String> query) {
    if (query.containsKey("uploads")) {
      return new Answer(
          200, able.contains(Capability.PREFIX_LISTING) ? uploads.keySet().toString() : "<R></R>");
    }
    Capability asked =
        query.containsKey("versioning") ? Capability.VERSIONING : Capability.OBJECT_LOCK;
    return new Answer(200, able.contains(asked) ? "<R><S>Enabled</S></R>" : "<R></R>");
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> read = new HashMap<>();
    String query = uri.getQuery();
    for (String pair : (query == null ? "" : query).split("&", -1)) {
      int at = pair.indexOf('=');
      read.put(at < 0 ? pair : pair.substring(0, at), at < 0 ? "" : pair.substring(at + 1));
    }
    return read;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
