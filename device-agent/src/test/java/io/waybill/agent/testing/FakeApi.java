package io.waybill.agent.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import io.waybill.wire.Payloads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fake server behind the HTTP API's routes. */
public final class FakeApi implements AutoCloseable {

  private static final Pattern SESSION =
      Pattern.compile("/v1/uploads/([0-9a-f-]{36})(?:/([a-z/]+))?");
  private static final Pattern TASKS = Pattern.compile("/v1/projects/([0-9a-f-]{36})/upload-tasks");
  private static final Pattern RETRY =
      Pattern.compile(
          "/v1/projects/[0-9a-f-]{36}/upload-tasks/([0-9a-f-]{36})/objects/([0-9a-f-]{36})/retry");

  private final FakeServer server;
  private final HttpServer http;
  private final List<String> bearers = new CopyOnWriteArrayList<>();

  public FakeApi(FakeServer server) {
    this.server = server;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::serve);
    http.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** The Authorization headers seen. */
  public List<String> bearers() {
    return List.copyOf(bearers);
  }

  private void serve(HttpExchange exchange) throws IOException {
    bearers.add(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer;
    int status = 200;
    try {
      Command command = command(exchange, body);
      answer =
          Json.bytes(
              server.answer(command, exchange.getRequestHeaders().getFirst("Idempotency-Key")));
    } catch (FakeServer.Refusal refusal) {
      ErrorBody error = refusal.error();
      status = error.retryable() ? 503 : error.code().endsWith("not_found") ? 404 : 409;
      Long after = error.retryAfterSeconds();
      if (after != null) {
        exchange.getResponseHeaders().set("Retry-After", after.toString());
      }
      answer =
          Json.bytes(
              Map.of(
                  "error",
                  Map.of(
                      "code", error.code(),
                      "message", error.message(),
                      "details", error.details(),
                      "request_id", "r")));
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static Command command(HttpExchange exchange, byte[] body) {
    String path = exchange.getRequestURI().getPath();
    Matcher tasks = TASKS.matcher(path);
    Matcher retry = RETRY.matcher(path);
    Matcher session = SESSION.matcher(path);
    if (tasks.matches()) {
      return read(Payloads.createSession(body, UUID.fromString(tasks.group(1))));
    }
    if (retry.matches()) {
      return new Command.RetryObject(
          UUID.fromString(retry.group(1)), UUID.fromString(retry.group(2)));
    }
    if (session.matches()) {
      String verb = session.group(2) == null ? "" : session.group(2);
      return command(verb, UUID.fromString(session.group(1)), exchange, body);
    }
    throw new FakeServer.Refusal(FakeServer.error("request.route_not_found", false, null));
  }

  private static Command command(String verb, UUID session, HttpExchange exchange, byte[] body) {
    return switch (verb) {
      case "" -> new Command.GetStatus(session);
      case "parts/presign" -> read(Payloads.presignParts(body, session));
      case "parts/ack" -> read(Payloads.acknowledgePart(body, session));
      case "parts" ->
          new Command.ListParts(
              session,
              exchange.getRequestURI().getQuery().contains("source=reconcile")
                  ? Command.PartSource.RECONCILE
                  : Command.PartSource.DB,
              null,
              null,
              Command.PartEncoding.RANGES);
      case "complete" -> read(Payloads.completeUpload(body, session));
      case "abort" -> read(Payloads.abortUpload(body, session));
      case "pause" -> read(Payloads.pauseUpload(body, session));
      case "resume" -> read(Payloads.resumeUpload(body, session));
      case "extend" -> read(Payloads.extendUpload(body, session));
      default ->
          throw new FakeServer.Refusal(FakeServer.error("request.route_not_found", false, null));
    };
  }

  private static <C> C read(Parsed<C> parsed) {
    return switch (parsed) {
      case Parsed.Read<C>(C value) -> value;
      case Parsed.NotJson<C>(String reason) ->
          throw new FakeServer.Refusal(FakeServer.error("request.malformed", false, null));
      case Parsed.Invalid<C>(var errors) ->
          throw new FakeServer.Refusal(
              new ErrorBody(
                  "request.validation_failed", "no", Map.of("errors", errors), false, null));
    };
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
