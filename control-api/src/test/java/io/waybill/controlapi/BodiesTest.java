package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes as a body, or as no HTTP at all, whatever the route. */
class BodiesTest extends EdgeUnderTest {

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
}
