package io.waybill.controlapi;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.doors.Readiness;
import java.util.List;
import java.util.Map;

/** What machines that watch us ask. */
final class ProbeRoutes {

  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private ProbeRoutes() {}

  static List<Route> of(Readiness readiness, PrometheusMeterRegistry registry) {
    return List.of(
        Route.open("/healthz", exchange -> HttpAnswer.json(200, Map.of("status", "up"))),
        Route.open("/readyz", exchange -> ready(readiness.report())),
        Route.open(
            "/metrics", exchange -> HttpAnswer.text(200, PROMETHEUS_TEXT, registry.scrape())));
  }

  private static HttpAnswer ready(Readiness.Report report) {
    return HttpAnswer.json(report.up() ? 200 : 503, report);
  }
}
