package io.waybill.controlapi;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.RequestIds;
import io.waybill.controlapi.edge.RequestRecord;
import io.waybill.controlapi.edge.Rooms;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.access.SubjectKind;
import io.waybill.doors.Readiness;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every route, whatever it is for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {

  private static final String KEY = "wb_planted_secret_key";
  private static final UUID ID = UUID.fromString("0190a000-0000-7000-8000-00000000abcd");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LogCapture logs = new LogCapture();
  private final ControlApi server = start();
  private final HttpCalls anybody =
      new HttpCalls(server.port(), (method, path, body, answer) -> {});
  private final HttpCalls caller = anybody.as(KEY);

  private ControlApi start() {
    Api api =
        new Api(
            (secret, requestId) -> authenticate(secret),
            new Rooms(Rooms.Sizes.DEFAULT, registry),
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
    return ControlApi.start(
        ApiSettings.DEFAULT.listeningOn("127.0.0.1", 0),
        routes,
        new RequestIds(UUID::randomUUID),
        new RequestRecord(registry));
  }

  private static Verdict<?> failing(RuntimeException failure) {
    throw failure;
  }

  private static Verdict<Identity> authenticate(String secret) {
    return secret.equals(KEY)
        ? Verdict.ok(
            new Identity(
                ID,
                SubjectKind.API_KEY,
                ID,
                "wb_pla",
                Identity.Standing.ACTIVE,
                List.of(),
                List.of()))
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

  @Test
  void an_answer_is_whole_json_with_a_length_and_is_never_cached() {
    HttpAnswer answer = caller.get("/v1/uploads/" + ID + "?reconcile=true");

    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.json().get("flag").booleanValue()).isTrue();
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.response().body().length);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void a_harmless_request_id_is_echoed_and_any_other_is_replaced() {
    assertThat(anybody.with("X-Request-ID", "plc-7/42").get("/healthz").header("X-Request-ID"))
        .isEqualTo("plc-7/42");
    assertThat(anybody.with("X-Request-ID", "a b\"c").get("/healthz").header("X-Request-ID"))
        .hasSize(36);
    HttpAnswer refused = anybody.with("X-Request-ID", "r-1").get("/v1/nowhere");
    assertThat(refused.json().at("/error/request_id").asString()).isEqualTo("r-1");
  }

  @Test
  void whoever_does_not_say_who_they_are_is_told_how() {
    assertThat(anybody.get("/v1/uploads/" + ID).outcome()).isEqualTo("401 auth.api_key_missing");
    assertThat(anybody.as("wrong").get("/v1/uploads/" + ID).header("WWW-Authenticate"))
        .isEqualTo("Bearer");
    assertThat(anybody.with("Authorization", "Basic eDp5").get("/v1/uploads/" + ID).outcome())
        .isEqualTo("401 auth.api_key_missing");
    assertThat(anybody.as("wrong").get("/v1/uploads/" + ID).outcome())
        .isEqualTo("401 auth.api_key_invalid");
    assertThat(anybody.with("Authorization", "bearer " + KEY).get("/v1/uploads/" + ID).outcome())
        .isEqualTo("200");
  }

  @Test
  void an_id_that_is_none_names_nothing() {
    for (String id : List.of("1", "0190a000-0000-7000-8000", ID + "0", "%00", "x".repeat(2000))) {
      assertThat(caller.get("/v1/uploads/" + id).outcome())
          .as(id)
          .isEqualTo("404 upload_session.not_found");
    }
    assertThat(anybody.get("/v1/uploads/1").outcome()).isEqualTo("401 auth.api_key_missing");
  }

  @Test
  void unknown_routes_and_methods_are_told_apart() {
    assertThat(caller.get("/v1/nowhere").outcome()).isEqualTo("404 request.route_not_found");
    assertThat(caller.get("/").outcome()).isEqualTo("404 request.route_not_found");
    HttpAnswer answer = caller.send("DELETE", "/v1/uploads/" + ID, new byte[0]);
    assertThat(answer.outcome()).isEqualTo("405 request.method_not_allowed");
    assertThat(answer.header("Allow")).isEqualTo("GET");
    assertThat(caller.send("BREW", "/v1/echo", new byte[0]).outcome())
        .isEqualTo("405 request.method_not_allowed");
    assertThat(caller.send("HEAD", "/v1/uploads/" + ID, new byte[0]).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%2B294277-01-01T00:00:00Z", "%2B999999999-12-31T23:59:59Z", "-4713-01-01T00:00:00Z",
        "-999999999-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "9999-12-31T23:59:59-01:00"
      })
  void a_time_that_no_database_can_tell_is_a_wrong_parameter(String time) {
    HttpAnswer answer = caller.get("/v1/pages?created_after=" + time);

    assertThat(answer.outcome()).isEqualTo("422 request.validation_failed");
    assertThat(answer.fieldErrors()).containsExactly("created_after request.field_invalid");
  }

  @Test
  void every_wrong_parameter_is_named_at_once() {
    HttpAnswer answer =
        caller.get(
            "/v1/pages?limit=0&source_device_id=x&created_after=yesterday&status=NO&colour=red");

    assertThat(answer.outcome()).isEqualTo("422 request.validation_failed");
    assertThat(answer.fieldErrors())
        .containsExactly(
            "limit request.out_of_range",
            "source_device_id request.field_invalid",
            "created_after request.field_invalid",
            "status request.unknown_value",
            "colour request.unknown_field");
    assertThat(caller.get("/v1/pages?limit=1&limit=2").outcome())
        .isEqualTo("422 request.validation_failed");
    assertThat(caller.get("/v1/uploads/" + ID + "?reconcile=maybe").outcome())
        .isEqualTo("422 request.validation_failed");
    assertThat(caller.post("/v1/echo?x=1", "{}").outcome())
        .isEqualTo("422 request.validation_failed");
    assertThat(caller.get("/v1/pages?created_after=2026-11-23T08:00:00Z").outcome())
        .isEqualTo("200");
  }

  @Test
  void a_body_that_is_not_json_is_malformed() {
    String deep = "[".repeat(100_000);
    for (String body : List.of("{", "{} {}", "nonsense", "{\"a\":1,\"a\":2}", deep, "\u0000")) {
      assertThat(caller.post("/v1/echo", body).outcome()).isEqualTo("400 request.malformed");
    }
  }

  @Test
  void a_body_of_another_type_is_refused() {
    for (String type :
        List.of("text/plain", "application/xml", "nonsense", "application/json; charset=latin1")) {
      assertThat(caller.with("Content-Type", type).post("/v1/echo", "{}").outcome())
          .as(type)
          .isEqualTo("415 request.unsupported_media_type");
    }
    assertThat(caller.send("POST", "/v1/echo", new byte[] {'{', '}'}).outcome())
        .isEqualTo("415 request.unsupported_media_type");
    assertThat(
            caller
                .with("Content-Type", "application/json; charset=UTF-8")
                .post("/v1/echo", "{}")
                .outcome())
        .isEqualTo("201");
  }

  @Test
  void a_body_that_is_too_large_is_drained_and_refused_and_the_connection_lives() {
    String body = "\"" + "x".repeat(2 << 20) + "\"";

    assertThat(caller.post("/v1/echo", body).outcome()).isEqualTo("413 request.too_large");
    assertThat(anybody.with("Content-Type", "application/json").post("/v1/echo", body).outcome())
        .isEqualTo("401 auth.api_key_missing");
  }

  @Test
  void a_body_beyond_all_measure_is_refused_from_its_head_alone() throws IOException {
    String answer =
        raw("POST /v1/echo HTTP/1.1", "Host: x", "X-Request-ID: r-9", "Content-Length: 99999999");

    assertThat(answer)
        .startsWith("HTTP/1.1 413")
        .contains("request.too_large")
        .contains("\"request_id\":\"r-9\"");
  }

  @Test
  void what_is_not_http_gets_our_error_all_the_same() throws IOException {
    assertThat(raw("GET /v1/%zz HTTP/1.1", "Host: x", "Connection: close"))
        .startsWith("HTTP/1.1 4")
        .contains("\"error\":{\"code\":\"request.");
    assertThat(
            raw(
                "GET /v1/pages?limit=" + KEY + "&status=%zz HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + KEY))
        .startsWith("HTTP/1.1 422")
        .doesNotContain(KEY);
    assertThat(
            raw(
                "POST /v1/echo HTTP/1.1",
                "Host: x",
                "Authorization: Bearer " + KEY,
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                "not-a-length",
                "{}"))
        .startsWith("HTTP/1.1 400")
        .contains("request.malformed")
        .doesNotContain(KEY);
    assertThat(anybody.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void an_idempotency_key_is_short_and_printable() {
    assertThat(caller.with("Idempotency-Key", "k 1").post("/v1/keys", "").text())
        .isEqualTo("[\"k 1\"]");
    assertThat(caller.with("Idempotency-Key", "k".repeat(255)).post("/v1/keys", "").outcome())
        .isEqualTo("200");
    HttpAnswer answer = caller.with("Idempotency-Key", "k".repeat(256)).post("/v1/keys", "");
    assertThat(answer.outcome()).isEqualTo("422 request.validation_failed");
    assertThat(answer.fieldErrors()).containsExactly("Idempotency-Key request.field_invalid");
  }

  @Test
  void a_page_of_an_allowed_origin_may_ask_and_read() {
    HttpCalls page = anybody.with("Origin", "http://localhost:5173");
    HttpAnswer preflight =
        page.with("Access-Control-Request-Method", "POST")
            .with("Access-Control-Request-Headers", "authorization")
            .send("OPTIONS", "/v1/echo", new byte[0]);

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:5173");
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .contains("Authorization", "Idempotency-Key", "X-Request-ID");
    HttpAnswer refused = page.post("/v1/echo", "{}");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:5173");
    assertThat(refused.header("Access-Control-Expose-Headers"))
        .isEqualTo("X-Request-ID, Retry-After, Idempotency-Replayed");
    assertThat(refused.header("Vary")).isEqualTo("Origin");
  }

  @Test
  void a_page_of_another_origin_gets_no_permission() {
    HttpCalls page = anybody.with("Origin", "https://evil.example");

    assertThat(page.get("/healthz").header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(
            page.with("Access-Control-Request-Method", "POST")
                .send("OPTIONS", "/v1/echo", new byte[0])
                .header("Access-Control-Allow-Methods"))
        .isEmpty();
  }

  @Test
  void a_defect_is_answered_without_its_reason_and_logged_once() {
    HttpAnswer answer = caller.with("X-Request-ID", "bug-1").get("/v1/bug");

    assertThat(answer.outcome()).isEqualTo("500 internal.error");
    assertThat(answer.text()).doesNotContain("a bug");
    assertThat(logs.linesWith("request_id=bug-1"))
        .filteredOn(line -> line.contains("IllegalStateException"))
        .hasSize(1);
  }

  @Test
  void an_outage_says_when_to_come_back() {
    HttpAnswer answer = caller.get("/v1/outage");

    assertThat(answer.outcome()).isEqualTo("503 storage.unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("5");
  }

  @Test
  void one_line_says_what_every_request_came_to() {
    HttpAnswer answer =
        caller
            .with("X-Request-ID", "line-1")
            .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .get("/v1/uploads/" + ID);

    assertThat(answer.status()).isEqualTo(200);
    await().until(() -> !logs.linesWith("request_id=line-1").isEmpty());
    assertThat(logs.linesWith("request_id=line-1"))
        .singleElement()
        .asString()
        .contains("GET /v1/uploads/{session_id} 200")
        .contains("route=/v1/uploads/{session_id}")
        .contains("status=200")
        .contains("latency_ms=")
        .contains("session_id=" + ID)
        .contains("trace_id=0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void numbers_are_there_before_the_first_request_and_carry_templates_only() {
    String metrics = anybody.get("/metrics").text();

    assertThat(metrics)
        .contains("api_requests_total{method=\"POST\",route=\"/v1/echo\"")
        .contains("api_request_duration_seconds_bucket{method=\"GET\",route=\"/v1/outage\"");
    assertThat(caller.get("/v1/uploads/" + ID).status()).isEqualTo(200);
    assertThat(caller.get("/v1/" + KEY).status()).isEqualTo(404);
    assertThat(anybody.get("/metrics").text())
        .contains("route=\"unmatched\"")
        .doesNotContain(ID.toString())
        .doesNotContain(KEY);
  }

  @Test
  void a_secret_is_in_no_log_line_and_no_error() {
    String everything =
        Stream.of(
                caller.get("/v1/bug"),
                caller.get("/v1/" + KEY + "?X-Amz-Signature=" + KEY),
                caller.get("/v1/uploads/" + KEY + "?q=" + KEY),
                caller.get("/v1/pages?status=" + KEY),
                caller.post("/v1/echo", "{\"k\": " + KEY),
                anybody.as(KEY + "x").get("/v1/bug"))
            .map(HttpAnswer::text)
            .collect(joining());

    assertThat(everything).doesNotContain(KEY);
    assertThat(logs.linesWith(KEY)).isEmpty();
  }

  /** Sends lines as they are and reads until an error has ended or the server closes. */
  private String raw(String... lines) throws IOException {
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
