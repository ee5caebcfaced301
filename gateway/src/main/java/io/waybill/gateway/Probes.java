package io.waybill.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The three pages that an operator's machinery asks for. */
final class Probes implements AutoCloseable {

  private static final Duration CHECK_LIMIT = Duration.ofSeconds(1);
  private static final String JSON = "application/json";

  static {
    // The JDK's server waits for ever for a request and for its reader, and takes its limits from
    // nowhere else; whoever starts us may have set others.
    limit("sun.net.httpserver.maxReqTime", 5);
    limit("sun.net.httpserver.maxRspTime", 30);
    limit("jdk.httpserver.maxConnections", 1024);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Probes(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param checks by name: whether each part works, really asked every time
   * @param metrics the page in Prometheus' text format
   */
  static Probes start(
      String host, int port, Map<String, BooleanSupplier> checks, Supplier<String> metrics) {
    try {
      Probes probes = new Probes(HttpServer.create(new InetSocketAddress(host, port), 0));
      probes.server.setExecutor(probes.threads);
      probes.page("/healthz", () -> new Page(200, JSON, Json.bytes(Map.of("status", "up"))));
      probes.page("/readyz", () -> probes.ready(checks));
      probes.page(
          "/metrics",
          () ->
              new Page(
                  200,
                  "text/plain; version=0.0.4; charset=utf-8",
                  metrics.get().getBytes(StandardCharsets.UTF_8)));
      probes.server.start();
      return probes;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the probe port " + host + ":" + port + " cannot be had: " + e.getMessage(), e);
    }
  }

  private static void limit(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Page(int status, String contentType, byte[] body) {}

  private void page(String path, Supplier<Page> page) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            write(
                exchange,
                exchange.getRequestURI().getPath().equals(path)
                    ? page.get()
                    : new Page(404, JSON, Json.bytes(Map.of("status", "no such page"))));
          }
        });
  }

  private static void write(HttpExchange exchange, Page page) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", page.contentType());
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(page.status(), isHead ? -1 : page.body().length);
    if (!isHead) {
      exchange.getResponseBody().write(page.body());
    }
  }

  private Page ready(Map<String, BooleanSupplier> checks) {
    Map<String, Future<Boolean>> asked = new LinkedHashMap<>();
    checks.forEach((name, check) -> asked.put(name, threads.submit(check::getAsBoolean)));
    long deadline = System.nanoTime() + CHECK_LIMIT.toNanos();
    List<Map<String, String>> told = new ArrayList<>();
    boolean isReady = true;
    for (Map.Entry<String, Future<Boolean>> check : asked.entrySet()) {
      boolean isUp = isUp(check.getValue(), deadline);
      isReady &= isUp;
      Map<String, String> row = new LinkedHashMap<>();
      row.put("name", check.getKey());
      row.put("status", isUp ? "up" : "down");
      told.add(row);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", isReady ? "up" : "down");
    body.put("checks", told);
    return new Page(isReady ? 200 : 503, JSON, Json.bytes(body));
  }

  private static boolean isUp(Future<Boolean> check, long deadline) {
    try {
      return check.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      check.cancel(true);
      return false;
    }
  }
}
