package io.waybill.controlapi.edge;

import io.helidon.common.uri.UriPath;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;

/** Between the server and the routes: takes every request in and lets every answer out. */
public final class Edge {

  private final RouteTable table;
  private final Cors cors;
  private final Function<String, Optional<Route>> pages;

  public Edge(RouteTable table, Cors cors) {
    this(table, cors, path -> Optional.empty());
  }

  /**
   * @param pages what answers a GET of a path that is none of the API's
   */
  public Edge(RouteTable table, Cors cors, Function<String, Optional<Route>> pages) {
    this.table = table;
    this.cors = cors;
    this.pages = pages;
  }

  /** Registers every route, and one for all that is none. */
  public void register(HttpRouting.Builder routing) {
    for (Route route : table.routes()) {
      routing.route(route.method(), route.template(), (req, res) -> handle(route, req, res));
    }
    routing.any(
        (req, res) -> handle(other(req.prologue().method(), req.prologue().uriPath()), req, res));
  }

  private Route other(Method method, UriPath path) {
    boolean isRead = method.equals(Method.GET) || method.equals(Method.HEAD);
    return pages
        .apply(path.path())
        .map(page -> isRead ? page : table.onlyRead(method))
        .orElseGet(() -> table.unrouted(method, path));
  }

  private void handle(Route route, ServerRequest request, ServerResponse response) {
    try (Exchange exchange = table.begin(route, new ServedRequest(request))) {
      HttpAnswer answer = answer(route, exchange);
      try (HttpAnswer.Stream _ = answer.stream()) {
        send(exchange, answer, request, response);
      } finally {
        table.done(route, exchange, answer);
      }
    }
  }

  private HttpAnswer answer(Route route, Exchange exchange) {
    try {
      return table.answer(route, exchange);
    } catch (BrokenRequest e) {
      throw e.forServer();
    }
  }

  private void send(
      Exchange exchange, HttpAnswer answer, ServerRequest request, ServerResponse response) {
    if (request.prologue().method().equals(Method.OPTIONS) && cors.isPreflight(request)) {
      cors.preflight(request, response);
    } else {
      cors.answer(request, response);
    }
    response.status(Status.create(answer.status()));
    response.header(RequestIds.HEADER, exchange.requestId());
    answer.headers().forEach(response::header);
    if (answer.stream() != null) {
      response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
      stream(answer.stream(), response);
      return;
    }
    if (answer.body().length == 0 || request.prologue().method().equals(Method.HEAD)) {
      response.send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    response.send(answer.body());
  }

  private static void stream(HttpAnswer.Stream stream, ServerResponse response) {
    try (OutputStream out = response.outputStream()) {
      stream.writeTo(out);
    } catch (IOException e) {
      throw new CloseConnectionException("the reader of the answer is gone", e);
    }
  }
}
