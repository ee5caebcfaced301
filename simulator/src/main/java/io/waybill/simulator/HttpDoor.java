package io.waybill.simulator;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.controlapi.ApiParts;
import io.waybill.controlapi.ApiSettings;
import io.waybill.controlapi.ControlApi;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.PlainRequest;
import io.waybill.controlapi.edge.RouteTable;
import io.waybill.core.app.UseCases;
import io.waybill.core.trace.Tracer;
import io.waybill.core.work.IdSource;
import io.waybill.doors.Waits;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP door of one process: every route, without a socket. Asking is a turn's work. */
final class HttpDoor {

  /** One for all lives: it is much work to make, and nobody asks for it. */
  private static final PrometheusMeterRegistry METRICS =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final RouteTable table;

  HttpDoor(UseCases useCases, IdSource ids, Waits waits) {
    this.table =
        ControlApi.table(
            ApiSettings.DEFAULT,
            new ApiParts(useCases, METRICS, List.of(), ids, waits, Tracer.NONE));
  }

  /**
   * Who calls, and how the call wants to be remembered.
   *
   * @param secret the bearer's
   * @param idempotencyKey null for a call that is not remembered
   */
  record Caller(String secret, String requestId, @Nullable String idempotencyKey) {}

  /**
   * Asks, and has the whole answer.
   *
   * @param json empty where nothing is said
   */
  HttpAnswer ask(Caller caller, String method, String target, String json) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + caller.secret());
    headers.put("X-Request-ID", caller.requestId());
    if (caller.idempotencyKey() != null) {
      headers.put("Idempotency-Key", caller.idempotencyKey());
    }
    if (!json.isEmpty()) {
      headers.put("Content-Type", "application/json");
    }
    return table.answer(
        new PlainRequest(method, target, headers, json.getBytes(StandardCharsets.UTF_8)));
  }
}
