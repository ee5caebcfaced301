package io.waybill.doors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The three pages on a port of their own that an operator's machinery asks for. */
public final class Probes implements AutoCloseable {

  private static final String JSON = "application/json";

  static {
    // The JDK's server waits for ever for a request and for its reader, and takes its limits from
    // nowhere else; whoever starts us may have set others. It sends head and body one after the
    // other, and the body would wait 40 ms for the head's acknowledgement.
    standard("sun.net.httpserver.maxReqTime", "5");
    standard("sun.net.httpserver.maxRspTime", "30");
    standard("jdk.httpserver.maxConnections", "1024");
    standard("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Probes(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param readiness whether the parts of the world that we need answer
   * @param metrics the page of metrics, by its content type
   */
  public static Probes start(
      String host, int port, Readiness readiness, UnaryOperator<String> metrics) {
    try {
      Probes probes = new Probes(HttpServer.create(new InetSocketAddress(host, port), 0));
      probes.server.setExecutor(probes.threads);
      probes.page("/healthz", accept -> new Page(200, JSON, Json.bytes(Map.of("status", "up"))));
      probes.page("/readyz", accept -> ready(readiness.report()));
      probes.page("/metrics", accept -> numbers(MetricsFormat.of(accept), metrics));
      probes.server.start();
      return probes;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the probe port " + host + ":" + port + " cannot be had: " + e.getMessage(), e);
    }
  }

  private static void standard(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Page(int status, String contentType, byte[] body) {}

  private void page(String path, Function<@Nullable String, Page> page) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            write(
                exchange,
                exchange.getRequestURI().getPath().equals(path)
                    ? page.apply(exchange.getRequestHeaders().getFirst("Accept"))
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

  private static Page numbers(String contentType, UnaryOperator<String> metrics) {
    return new Page(200, contentType, metrics.apply(contentType).getBytes(StandardCharsets.UTF_8));
  }

  private static Page ready(Readiness.Report report) {
    return new Page(report.up() ? 200 : 503, JSON, Json.bytes(report));
  }
}
