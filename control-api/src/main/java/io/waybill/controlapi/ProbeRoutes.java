package io.waybill.controlapi;

import io.helidon.http.HeaderNames;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.controlapi.edge.Exchange;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.doors.MetricsFormat;
import io.waybill.doors.Readiness;
import java.util.List;
import java.util.Map;

/** What machines that watch us ask. */
final class ProbeRoutes {

  private ProbeRoutes() {}

  static List<Route> of(Readiness readiness, PrometheusMeterRegistry registry) {
    return List.of(
        Route.open("/healthz", exchange -> HttpAnswer.json(200, Map.of("status", "up"))),
        Route.open("/readyz", exchange -> ready(readiness.report())),
        Route.open("/metrics", exchange -> numbers(exchange, registry)));
  }

  private static HttpAnswer numbers(Exchange exchange, PrometheusMeterRegistry registry) {
    String format = MetricsFormat.of(exchange.header(HeaderNames.ACCEPT).orElse(null));
    return HttpAnswer.text(200, format, registry.scrape(format));
  }

  private static HttpAnswer ready(Readiness.Report report) {
    return HttpAnswer.json(report.up() ? 200 : 503, report);
  }
}
