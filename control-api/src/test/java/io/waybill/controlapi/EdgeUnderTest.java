package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.RequestIds;
import io.waybill.controlapi.edge.RequestRecord;
import io.waybill.controlapi.edge.Rooms;
import io.waybill.controlapi.edge.Route;
import io.waybill.controlapi.edge.RouteTable;
import io.waybill.controlapi.edge.Sources;
import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.trace.Tracer;
import io.waybill.doors.Readiness;
import io.waybill.doors.ThreadWaits;
import io.waybill.testkit.LogCapture;
import io.waybill.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A server whose few routes stand for every route. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeUnderTest {

  static final String KEY = "wb_planted_secret_key";
  static final UUID ID = UUID.fromString("0190a000-0000-7000-8000-00000000abcd");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final LogCapture logs = new LogCapture();
  final ControlApi server = start();
  final HttpCalls anybody = new HttpCalls(server.port(), (method, path, body, answer) -> {});
  final HttpCalls caller = anybody.as(KEY);

  private ControlApi start() {
    Api api =
        new Api(
            showing -> Verdict.ok(() -> authenticate(showing.secret())),
            Sources.DIRECT,
            new Rooms(Rooms.Sizes.DEFAULT, registry, new ThreadWaits()),
            1 << 20);
    List<Route> routes =
        new ArrayList<>(ProbeRoutes.of(new Readiness(List.of(), Duration.ofSeconds(1)), registry));
    routes.add(
        api.get("/v1/uploads/{session_id}")
            .forEveryCaller()
            .query(query -> query.flag("reconcile"))
            .ok((call, reconcile) ->
                Verdict.ok(Map.of("session_id", call.id("session_id"), "flag", reconcile))));
    routes.add(
        api.get("/v1/pages")
            .forEveryCaller()
            .query(query -> {
              query.limit();
              query.uuid("source_device_id");
              query.instant("created_after");
              return query.oneOf("status", SubjectKind.values()) == null;
            })
            .ok((call, all) -> Verdict.ok(Map.of("all", all))));
    routes.add(
        api.post("/v1/echo")
            .forEveryCaller()
            .body(Json::parse)
            .created((call, json) -> Verdict.ok(json)));
    routes.add(
        api.post("/v1/keys")
            .forEveryCaller()
            .once()
            .ok(call -> Verdict.ok(List.of("" + call.requestKey().key()))));
    routes.add(
        api.get("/v1/bug")
            .forEveryCaller()
            .ok(call -> failing(new IllegalStateException("a bug"))));
    routes.add(
        api.get("/v1/outage")
            .forEveryCaller()
            .ok(call -> failing(Outage.storage("no answer", new IOException("reset")))));
    RequestIds requestIds = new RequestIds(UUID::randomUUID);
    return ControlApi.start(
        ApiSettings.DEFAULT.listeningOn("127.0.0.1", 0),
        new RouteTable(
            routes, requestIds, new RequestRecord(registry, Tracer.NONE), new ThreadWaits()),
        requestIds);
  }

  private static Verdict<?> failing(RuntimeException failure) {
    throw failure;
  }

  private static Verdict<Identity> authenticate(String secret) {
    return secret.equals(KEY)
        ? Verdict.ok(
            new Identity(
                ID, SubjectKind.API_KEY, ID, "wb_pla", Identity.Standing.ACTIVE, List.of()))
        : Verdict.refused(ErrorCode.AUTH_API_KEY_INVALID, "Unknown key.");
  }

  @BeforeAll
  void warm() {
    assertThat(anybody.get("/healthz").status()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    server.close();
    logs.close();
  }

  /** Sends lines as they are and reads until an error has ended or the server closes. */
  String raw(String... lines) throws IOException {
    String request = String.join("\r\n", lines) + "\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      socket.setSoTimeout(10_000);
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        answer.append((char) c);
        if (c == '}' && answer.toString().endsWith("}}")) {
          break;
        }
      }
      return answer.toString();
    }
  }
}
