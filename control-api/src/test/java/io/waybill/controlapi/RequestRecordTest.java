package io.waybill.controlapi;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of a request when it is over, and what is never told of it. */
class RequestRecordTest extends EdgeUnderTest {

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
    await().until(() -> anybody.get("/metrics").text().contains("route=\"unmatched\""));
    assertThat(anybody.get("/metrics").text()).doesNotContain(ID.toString()).doesNotContain(KEY);
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
}
