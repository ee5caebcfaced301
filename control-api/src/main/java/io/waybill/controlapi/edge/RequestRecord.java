package io.waybill.controlapi.edge;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waybill.core.ErrorCode;
import io.waybill.core.access.Identity;
import io.waybill.core.trace.Span;
import io.waybill.core.trace.Tracer;
import io.waybill.doors.TraceParent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** What is left of a request when it is over: one log line, two numbers, and its span. */
public final class RequestRecord {

  private static final Logger LOG = LoggerFactory.getLogger("io.waybill.controlapi.request");
  private static final HeaderName TRACEPARENT = HeaderNames.create(TraceParent.NAME);
  // Machines ask these every few seconds, and each page a dozen at once; lines for them would bury
  // the rest.
  private static final Set<String> QUIET =
      Set.of("/healthz", "/readyz", "/metrics", "/console/{file}");
  private static final int FIRST_OF_OURS = 500;
  private static final Set<Method> METHODS =
      Set.of(
          Method.GET,
          Method.POST,
          Method.PATCH,
          Method.PUT,
          Method.DELETE,
          Method.OPTIONS,
          Method.HEAD);
  // Each is a line for each route, and a hundred routes a page that is fetched all the time.
  private static final Duration[] BUCKETS =
      List.of(5, 10, 25, 100, 250, 500, 1000, 5000).stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** One series. */
  private record Key(String method, String route, int status) {}

  private final MeterRegistry registry;
  private final Tracer tracer;
  private final Counter quotaRejects;
  private final Counter rateRejects;
  private final Counter strainRejects;
  private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  public RequestRecord(MeterRegistry registry, Tracer tracer) {
    this.registry = registry;
    this.tracer = tracer;
    this.quotaRejects = registry.counter("quota_rejects");
    this.rateRejects = registry.counter("rate_limit_rejects");
    this.strainRejects = registry.counter("storage_backpressure_rejects");
  }

  /** Makes the series of the usual answers, so that they are there before the first request. */
  public void expect(List<Route> routes) {
    for (Route route : routes) {
      counter(new Key(method(route), route.template(), route.terms().okStatus()));
      timer(new Key(method(route), route.template(), 0));
    }
  }

  /** A request has come: its time begins, unless nobody wants to see one more of its kind. */
  Span begun(Route route, Incoming request) {
    return QUIET.contains(route.template())
        ? Span.NONE
        : tracer.arrived(method(route), route.template(), request.header(TRACEPARENT).orElse(null));
  }

  void done(Route route, Exchange exchange, HttpAnswer answer, long nanos) {
    counter(new Key(method(route), route.template(), answer.status())).increment();
    timer(new Key(method(route), route.template(), 0)).record(nanos, TimeUnit.NANOSECONDS);
    countRejects(answer.error());
    describe(route, exchange, answer);
    Level level = QUIET.contains(route.template()) ? Level.DEBUG : Level.INFO;
    if (!LOG.isEnabledForLevel(level)) {
      return;
    }
    LoggingEventBuilder line = LOG.atLevel(level);
    for (Map.Entry<String, Object> fact : facts(route, exchange, answer, nanos).entrySet()) {
      line = line.addKeyValue(fact.getKey(), fact.getValue());
    }
    line.log("{} {} {}", method(route), route.template(), answer.status());
  }

  private static void describe(Route route, Exchange exchange, HttpAnswer answer) {
    Span span = exchange.span();
    if (span.traceId().isEmpty()) {
      return;
    }
    span.about("http.request.method", method(route));
    span.about("http.route", route.template());
    span.about("http.response.status_code", answer.status());
    Identity identity = exchange.identity();
    if (identity != null) {
      span.about("waybill.tenant_id", identity.tenantId());
      if (identity.isDevice()) {
        span.about("waybill.device_id", identity.id());
      }
    }
    exchange.ids().forEach((key, id) -> span.about("waybill." + key, id));
    if (answer.error() != null) {
      span.about("waybill.error_code", answer.error().code());
      if (answer.status() >= FIRST_OF_OURS) {
        span.failed(answer.error().code());
      }
    }
  }

  private void countRejects(@Nullable ErrorCode error) {
    if (error == ErrorCode.QUOTA_OPEN_UPLOADS_EXCEEDED || error == ErrorCode.QUOTA_BYTES_EXCEEDED) {
      quotaRejects.increment();
    } else if (error == ErrorCode.RATE_LIMIT_EXCEEDED) {
      rateRejects.increment();
    } else if (error == ErrorCode.STORAGE_BACKPRESSURE) {
      strainRejects.increment();
    }
  }

  private static Map<String, Object> facts(
      Route route, Exchange exchange, HttpAnswer answer, long nanos) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("method", method(route));
    facts.put("route", route.template());
    facts.put("status", answer.status());
    facts.put("latency_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0);
    facts.put("request_id", exchange.requestId());
    Identity identity = exchange.identity();
    if (identity != null) {
      facts.put("tenant_id", identity.tenantId());
      facts.put("actor", identity.actor());
      if (identity.isDevice()) {
        facts.put("device_id", identity.id());
      }
    }
    traceId(exchange).ifPresent(id -> facts.put("trace_id", id));
    facts.putAll(exchange.ids());
    if (answer.error() != null) {
      facts.put("error_code", answer.error().code());
    }
    return facts;
  }

  private static Optional<String> traceId(Exchange exchange) {
    return exchange
        .span()
        .traceId()
        .or(() -> exchange.request().header(TRACEPARENT).flatMap(TraceParent::traceId));
  }

  private Counter counter(Key key) {
    return counters.computeIfAbsent(
        key,
        k ->
            Counter.builder("api_requests")
                .description("Requests answered, by route template and status")
                .tags("method", k.method(), "route", k.route(), "status", "" + k.status())
                .register(registry));
  }

  private Timer timer(Key key) {
    return timers.computeIfAbsent(
        key,
        k ->
            Timer.builder("api_request_duration")
                .description("From the head of a request to the last byte of its answer")
                .serviceLevelObjectives(BUCKETS)
                .tags("method", k.method(), "route", k.route())
                .register(registry));
  }

  /** A method that we do not know is not a label: anybody could make up another. */
  private static String method(Route route) {
    return METHODS.contains(route.method()) ? route.method().text() : "OTHER";
  }
}
