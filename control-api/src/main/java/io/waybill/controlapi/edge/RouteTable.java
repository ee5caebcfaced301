package io.waybill.controlapi.edge;

import io.helidon.common.uri.UriPath;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.doors.Waits;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every route, and the answer to each request whatever happens on its way. No connection is needed:
 * what a server has read and what is here whole are answered the same.
 */
public final class RouteTable {

  private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

  /** The label of everything that has no route: a path that we did not make may hold anything. */
  static final String UNMATCHED = "unmatched";

  /** By their templates: each is compiled once, however many tables there are. */
  private static final Map<String, PathMatcher> MATCHERS = new ConcurrentHashMap<>();

  private final List<Route> routes;
  private final List<PathMatcher> paths;
  private final RequestIds requestIds;
  private final RequestRecord record;
  private final Waits waits;

  public RouteTable(List<Route> routes, RequestIds requestIds, RequestRecord record, Waits waits) {
    this.routes = List.copyOf(routes);
    this.paths = routes.stream().map(route -> matcher(route.template())).toList();
    this.requestIds = requestIds;
    this.record = record;
    this.waits = waits;
    record.expect(routes);
  }

  private static PathMatcher matcher(String template) {
    return MATCHERS.computeIfAbsent(template, PathMatchers::create);
  }

  List<Route> routes() {
    return routes;
  }

  /** Answers a request that is here whole; its id is among the headers of the answer. */
  public HttpAnswer answer(PlainRequest request) {
    UriPath path = request.path();
    for (int i = 0; i < paths.size(); i++) {
      if (routes.get(i).method().equals(request.verb())) {
        PathMatchers.MatchResult match = paths.get(i).match(path);
        if (match.accepted()) {
          return answered(routes.get(i), request.at(match.path()));
        }
      }
    }
    return answered(
        unrouted(request.verb(), path), request.at(PathMatchers.any().match(path).path()));
  }

  private HttpAnswer answered(Route route, Incoming incoming) {
    try (Exchange exchange = begin(route, incoming)) {
      HttpAnswer answer = answer(route, exchange);
      done(route, exchange, answer);
      if (answer.stream() != null) {
        answer.stream().close(); // there is nobody to write to
      }
      return answer.with(RequestIds.HEADER.defaultCase(), exchange.requestId());
    }
  }

  /** A request has come; it is closed when its answer has left. */
  Exchange begin(Route route, Incoming request) {
    long since = waits.nanoTime();
    return new Exchange(
        request,
        requestIds.of(request.header(RequestIds.HEADER)),
        since,
        record.begun(route, request));
  }

  /** The answer of the route, or to what has gone wrong there. */
  HttpAnswer answer(Route route, Exchange exchange) {
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

  /** A request is over. */
  void done(Route route, Exchange exchange, HttpAnswer answer) {
    record.done(route, exchange, answer, waits.nanoTime() - exchange.since());
  }

  /** The route of a request that wants more of a page than to read it. */
  Route onlyRead(Method method) {
    SortedSet<String> allowed = new TreeSet<>(List.of(Method.GET.text()));
    return refusing(method, allowed);
  }

  /** The route of a request that has none: what it may ask here, or nothing at all. */
  Route unrouted(Method method, UriPath path) {
    SortedSet<String> allowed = new TreeSet<>();
    for (int i = 0; i < paths.size(); i++) {
      if (paths.get(i).match(path).accepted()) {
        allowed.add(routes.get(i).method().text());
      }
    }
    return refusing(method, allowed);
  }

  private static Route refusing(Method method, SortedSet<String> allowed) {
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
