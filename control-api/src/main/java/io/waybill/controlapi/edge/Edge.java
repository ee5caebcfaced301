package io.waybill.controlapi.edge;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request in and lets every answer out: ids, CORS, failures, numbers, one log line. */
public final class Edge {

  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  /** The label of everything that has no route: a path that we did not make may hold anything. */
  static final String UNMATCHED = "unmatched";

  private final List<Route> routes;
  private final List<PathMatcher> paths;
  private final Cors cors;
  private final RequestIds requestIds;
  private final RequestRecord record;

  public Edge(List<Route> routes, Cors cors, RequestIds requestIds, RequestRecord record) {
    this.routes = List.copyOf(routes);
    this.paths = routes.stream().map(route -> PathMatchers.create(route.template())).toList();
    this.cors = cors;
    this.requestIds = requestIds;
    this.record = record;
  }

  /** Registers every route, and one for all that is none. */
  public void register(HttpRouting.Builder routing) {
    for (Route route : routes) {
      routing.route(route.method(), route.template(), (req, res) -> handle(route, req, res));
    }
    routing.any((req, res) -> handle(unrouted(req), req, res));
  }

  private void handle(Route route, ServerRequest request, ServerResponse response) {
    long started = System.nanoTime();
    Exchange exchange = new Exchange(request, requestIds.of(request.headers()));
    HttpAnswer answer;
    try {
      answer = answer(route, exchange);
    } catch (BrokenRequest e) {
      throw e.forServer();
    }
    try {
      send(exchange, answer, response);
    } finally {
      record.done(route, exchange, answer, System.nanoTime() - started);
    }
  }

  private HttpAnswer answer(Route route, Exchange exchange) {
    try {
      return route.endpoint().answer(exchange);
    } catch (Outage e) {
      LOG.atWarn()
          .setMessage("Answered an outage; nothing is lost, the client repeats the request")
          .addKeyValue("request_id", exchange.requestId())
          .addKeyValue("error_code", e.code().code())
          .setCause(e)
          .log();
      return HttpAnswer.refused(
          Refusal.of(e.code(), e.code().meaning()).retryAfter(e.retryAfterSeconds()),
          exchange.requestId());
    } catch (BrokenRequest e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atError()
          .setMessage("A defect: the request was answered 500; what it had committed stays")
          .addKeyValue("request_id", exchange.requestId())
          .addKeyValue("operation", route.method() + " " + route.template())
          .setCause(e)
          .log();
      return HttpAnswer.refused(
          Refusal.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning()), exchange.requestId());
    }
  }

  private void send(Exchange exchange, HttpAnswer answer, ServerResponse response) {
    ServerRequest request = exchange.request();
    if (request.prologue().method().equals(Method.OPTIONS) && cors.isPreflight(request)) {
      cors.preflight(request, response);
    } else {
      cors.answer(request, response);
    }
    response.status(Status.create(answer.status()));
    response.header(RequestIds.HEADER, exchange.requestId());
    answer.headers().forEach(response::header);
    if (answer.body().length == 0 || request.prologue().method().equals(Method.HEAD)) {
      response.send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    response.send(answer.body());
  }

  /** The route of a request that has none: what it may ask here, or nothing at all. */
  private Route unrouted(ServerRequest request) {
    SortedSet<String> allowed = new TreeSet<>();
    for (int i = 0; i < paths.size(); i++) {
      if (paths.get(i).match(request.prologue().uriPath()).accepted()) {
        allowed.add(routes.get(i).method().text());
      }
    }
    Method method = request.prologue().method();
    return new Route(
        method, UNMATCHED, Terms.OPEN, exchange -> unrouted(method, allowed, exchange.requestId()));
  }

  private static HttpAnswer unrouted(Method method, SortedSet<String> allowed, String requestId) {
    if (method.equals(Method.OPTIONS)) {
      return HttpAnswer.empty(204).with("Allow", String.join(", ", allowed));
    }
    if (allowed.isEmpty()) {
      return HttpAnswer.refused(
          Refusal.of(ErrorCode.REQUEST_ROUTE_NOT_FOUND, "There is no such route."), requestId);
    }
    return HttpAnswer.refused(
            Refusal.of(
                    ErrorCode.REQUEST_METHOD_NOT_ALLOWED,
                    "This route does not know the method; it knows " + allowed + ".")
                .with("allowed_methods", List.copyOf(allowed)),
            requestId)
        .with("Allow", String.join(", ", allowed));
  }
}
