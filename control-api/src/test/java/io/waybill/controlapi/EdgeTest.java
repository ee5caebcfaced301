package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every route, whatever it is for. */
class EdgeTest extends EdgeUnderTest {

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
}
