package io.waybill.agent.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API with datasets, and the store that their URLs lead to. It answers ranges as S3 does, fails
 * as it is told, and counts how often each byte has gone out.
 */
public final class FakeLibrary implements AutoCloseable {

  /** How a GET of a range is met. */
  public enum Fate {
    SERVE,
    /** Ends in the middle of what it announced. */
    CUT,
    /** The URL is too old. */
    FORBID,
    /** Not now. */
    BUSY,
    /** A page to sign in, as a hotel has it. */
    PORTAL,
    /** Other bytes by now. */
    OTHER_ETAG
  }

  /** Decides how request {@code n}, from 1, for bytes from {@code start} on is met. */
  @FunctionalInterface
  public interface Script {
    Fate fate(long start, int n);
  }

  /** Bytes, and which of them have gone out. */
  private static final class StoredObject {
    private final byte[] bytes;
    private final List<int[]> wentOut = new CopyOnWriteArrayList<>();

    StoredObject(byte[] bytes) {
      this.bytes = bytes;
    }

    /** How often the byte at this place has gone out. */
    int served(int at) {
      return Math.toIntExact(wentOut.stream().filter(r -> r[0] <= at && at < r[1]).count());
    }
  }

  private final HttpServer http;
  private final Map<String, Object> answers = new ConcurrentHashMap<>();
  private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger urls = new AtomicInteger();
  private final AtomicInteger gets = new AtomicInteger();
  private volatile Script script = (start, n) -> Fate.SERVE;
  private volatile boolean downloadable = true;

  public FakeLibrary() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/v1/", this::api);
    http.createContext("/bucket/", this::store);
    http.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public FakeLibrary script(Script now) {
    script = now;
    return this;
  }

  public FakeLibrary forbidDownloads() {
    downloadable = false;
    return this;
  }

  /** What a GET of the path, with its query, is answered. */
  public void answer(String path, Object document) {
    answers.put(path, document);
  }

  /** A dataset with these bytes; {@code more} overrides what is said of it. */
  public UUID dataset(String project, byte[] bytes, Map<String, ?> more) {
    UUID id = UUID.randomUUID();
    Map<String, Object> dataset = new HashMap<>();
    dataset.put("dataset_id", id.toString());
    dataset.put("project_id", project);
    dataset.put("name", "front-camera");
    dataset.put("status", "READY");
    dataset.put("original_filename", "front.mcap");
    dataset.put("file_size_bytes", bytes.length);
    dataset.put("object_size_bytes", bytes.length);
    dataset.put("object_etag", "\"e-1\"");
    dataset.putAll(more);
    answers.put("/v1/projects/" + project + "/datasets/" + id, dataset);
    objects.put(id.toString(), new StoredObject(bytes));
    return id;
  }

  /** How often the byte that went out most often has. */
  public int mostServed(UUID id) {
    StoredObject object = object(id.toString());
    return object.wentOut.stream().mapToInt(range -> object.served(range[0])).max().orElse(0);
  }

  private StoredObject object(String id) {
    return Objects.requireNonNull(objects.get(id));
  }

  /** How many URLs were given. */
  public int urls() {
    return urls.get();
  }

  /** How many ranges were asked for. */
  public int gets() {
    return gets.get();
  }

  /** The paths that were asked for, with their queries. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void api(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    asked.add(path);
    exchange.getRequestBody().readAllBytes();
    Object answer = answers.get(path);
    if (path.endsWith("/download-url")) {
      if (!downloadable) {
        refuse(exchange, 403, "auth.permission_denied");
        return;
      }
      String id = path.replaceAll(".*/datasets/([^/]+)/.*", "$1");
      answer =
          Map.of(
              "dataset_id",
              id,
              "method",
              "GET",
              "url",
              url() + "/bucket/" + id + "?n=" + urls.incrementAndGet(),
              "expires_at",
              "2026-01-01T00:00:00Z",
              "expires_in_seconds",
              900);
    }
    if (answer == null) {
      refuse(exchange, 404, "dataset.not_found");
    } else {
      send(exchange, 200, Json.bytes(answer));
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    Map<String, Object> error =
        Map.of("code", code, "message", "no", "details", Map.of(), "request_id", "r");
    send(exchange, status, Json.bytes(Map.of("error", error)));
  }

  private void store(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring("/bucket/".length());
    String range = exchange.getRequestHeaders().getFirst("Range").replace("bytes=", "");
    int dash = range.indexOf('-');
    int start = Integer.parseInt(range.substring(0, dash));
    int end = Integer.parseInt(range.substring(dash + 1)) + 1;
    Fate fate = script.fate(start, gets.incrementAndGet());
    switch (fate) {
      case FORBID ->
          send(exchange, 403, "<Code>AccessDenied</Code>".getBytes(StandardCharsets.UTF_8));
      case BUSY -> send(exchange, 503, "<Code>SlowDown</Code>".getBytes(StandardCharsets.UTF_8));
      case PORTAL -> send(exchange, 200, "<html>sign in".getBytes(StandardCharsets.UTF_8));
      case SERVE, CUT, OTHER_ETAG -> serve(exchange, id, start, end, fate);
    }
  }

  private void serve(HttpExchange exchange, String id, int start, int end, Fate fate)
      throws IOException {
    StoredObject object = object(id);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + object.bytes.length);
    exchange.getResponseHeaders().set("ETag", fate == Fate.OTHER_ETAG ? "\"e-2\"" : "\"e-1\"");
    exchange.sendResponseHeaders(206, end - start);
    int until = fate == Fate.CUT ? start + (end - start) / 2 : end;
    try {
      exchange.getResponseBody().write(object.bytes, start, until - start);
      exchange.getResponseBody().flush();
      object.wentOut.add(new int[] {start, until});
    } finally {
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
