package io.waybill.acceptance.traces;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** An OpenTelemetry collector on loopback: what it is sent by OTLP over HTTP, read. */
final class CollectorStub implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Manner manner;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Told> told = new ArrayList<>();

  /** How it answers. */
  enum Manner {
    TAKES,
    REFUSES,
    NEVER_ANSWERS
  }

  /** One span, as a process told it. */
  record Told(
      String service,
      String traceId,
      String id,
      String parentId,
      String name,
      Map<String, String> attributes) {}

  private CollectorStub(HttpServer server, Manner manner) {
    this.server = server;
    this.manner = manner;
  }

  static CollectorStub open(Manner manner) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      CollectorStub stub = new CollectorStub(server, manner);
      server.createContext("/v1/traces", stub::answer);
      server.setExecutor(stub.threads);
      server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What a program is told so that it tells everything here. */
  Map<String, String> asEnvironment() {
    return environment(address());
  }

  /** The same for a collector that need not be there. */
  static Map<String, String> environment(URI collector) {
    return Map.of(
        "WAYBILL_TRACES_ENDPOINT", collector.toString(),
        "WAYBILL_TRACES_SAMPLE", "1",
        "WAYBILL_LOG_FORMAT", "json");
  }

  /** Every span of this trace so far. */
  synchronized List<Told> of(String traceId) {
    return told.stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /** Every span so far. */
  synchronized List<Told> all() {
    return List.copyOf(told);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest request = read(exchange);
      switch (manner) {
        case TAKES -> {
          take(request);
          byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        }
        case REFUSES -> exchange.sendResponseHeaders(400, -1);
        case NEVER_ANSWERS -> closed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExportTraceServiceRequest read(HttpExchange exchange) throws IOException {
    boolean isZipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        isZipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      return ExportTraceServiceRequest.parseFrom(in);
    }
  }

  private synchronized void take(ExportTraceServiceRequest request) {
    for (ResourceSpans process : request.getResourceSpansList()) {
      String service =
          attributes(process.getResource().getAttributesList())
              .getOrDefault("service.name", "nameless");
      for (ScopeSpans scope : process.getScopeSpansList()) {
        scope
            .getSpansList()
            .forEach(span ->
                told.add(
                    new Told(
                        service,
                        hex(span.getTraceId().toByteArray()),
                        hex(span.getSpanId().toByteArray()),
                        hex(span.getParentSpanId().toByteArray()),
                        span.getName(),
                        attributes(span.getAttributesList()))));
      }
    }
  }

  private static Map<String, String> attributes(List<KeyValue> pairs) {
    Map<String, String> attributes = new TreeMap<>();
    for (KeyValue pair : pairs) {
      attributes.put(
          pair.getKey(),
          pair.getValue().hasIntValue()
              ? "" + pair.getValue().getIntValue()
              : pair.getValue().getStringValue());
    }
    return attributes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
