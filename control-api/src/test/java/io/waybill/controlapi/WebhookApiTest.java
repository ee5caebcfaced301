package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.AuditEvent;
import io.waybill.core.webhook.Courier;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/webhook-endpoints}. */
class WebhookApiTest {
  private static final String ENDPOINTS = WebhookSituations.ENDPOINTS;

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void an_endpoint_is_made_with_a_secret_that_is_told_once() {
    HttpCalls keyed = admin.with("Idempotency-Key", "hook-1");

    JsonNode made = keyed.post(ENDPOINTS, WebhookSituations.NEW).json();
    String secret = made.get("secret").asString();
    assertThat(secret).startsWith("whsec_");
    assertThat(Base64.getDecoder().decode(secret.substring(6))).hasSize(32);
    JsonNode endpoint = made.get("webhook_endpoint");
    assertThat(endpoint.get("status").asString()).isEqualTo("ENABLED");
    assertThat(endpoint.at("/event_types/0").asString()).isEqualTo("*");
    JsonNode again = keyed.post(ENDPOINTS, WebhookSituations.NEW).json();
    assertThat(again.get("webhook_endpoint")).isEqualTo(endpoint);
    assertThat(again.get("secret").isNull()).isTrue();
    JsonNode list = admin.get(ENDPOINTS).json();
    assertThat(list.get("webhook_endpoints")).containsExactly(endpoint);
    assertThat(list.toString()).doesNotContain(secret.substring(6));
    assertThat(world.as(TestWorld.OTHER).get(ENDPOINTS).json().get("webhook_endpoints")).isEmpty();
  }

  @Test
  void what_is_no_url_or_no_type_is_refused_all_at_once() {
    HttpAnswer refused =
        admin.post(
            ENDPOINTS,
            "{\"url\": \"http://10.0.0.1/\", \"event_types\": [\"dataset.*\", \"nothing.*\","
                + " \"upload.part_acknowledged\"]}");

    assertThat(refused.outcome()).isEqualTo("422 request.validation_failed");
    assertThat(refused.json().at("/error/details/errors").valueStream())
        .extracting(one -> one.get("field").asString() + " " + one.get("code").asString())
        .containsExactly(
            "url webhook_endpoint.url_refused",
            "event_types[1] webhook_endpoint.unknown_event_type",
            "event_types[2] webhook_endpoint.unknown_event_type");
  }

  @Test
  void a_change_is_of_the_version_that_was_read_and_a_new_secret_comes_beside_the_old_one() {
    JsonNode made = WebhookSituations.made(world);
    String path = WebhookSituations.path(made);

    JsonNode rotated =
        admin
            .patch(path, "{\"rotate_secret\": true, \"overlap_seconds\": 60, \"version\": 1}")
            .json();
    assertThat(rotated.get("secret").asString()).isNotEqualTo(made.get("secret").asString());
    assertThat(rotated.at("/webhook_endpoint/previous_secret_expires_at").asString())
        .startsWith("2026-11-23T08:01:00");
    assertThat(admin.patch(path, "{\"status\": \"DISABLED\", \"version\": 1}").outcome())
        .isEqualTo("409 request.version_conflict");
    JsonNode disabled =
        admin.patch(path, "{\"status\": \"DISABLED\", \"url\": \"https://b.example/\"}").json();
    assertThat(disabled.at("/webhook_endpoint/status").asString()).isEqualTo("DISABLED");
    assertThat(disabled.at("/webhook_endpoint/url").asString()).isEqualTo("https://b.example/");
    assertThat(disabled.get("secret").isNull()).isTrue();
    assertThat(admin.patch(path, "{\"overlap_seconds\": 60}").outcome())
        .isEqualTo("422 request.validation_failed");
    assertThat(world.as(TestWorld.OTHER).patch(path, "{}").outcome())
        .isEqualTo("404 webhook_endpoint.not_found");
  }

  @Test
  void a_test_is_signed_with_every_secret_that_is_valid_and_answers_what_was_said() {
    String path = WebhookSituations.path(WebhookSituations.made(world));
    admin.patch(path, "{\"rotate_secret\": true}").json();
    HttpCalls keyed = admin.with("Idempotency-Key", "test-1");

    JsonNode well = keyed.post(path + "/test", "").json();
    assertThat(well.get("delivered").asBoolean()).isTrue();
    assertThat(well.get("status_code").asInt()).isEqualTo(204);
    assertThat(well.get("latency_seconds").asDouble()).isEqualTo(0.012);
    assertThat(keyed.post(path + "/test", "").json()).isEqualTo(well);
    assertThat(world.courier.brought)
        .singleElement()
        .satisfies(parcel -> {
          assertThat(parcel.secrets()).hasSize(2);
          assertThat(parcel.event().type()).isEqualTo("webhook_endpoint.tested");
          assertThat(parcel.event().eventId()).hasToString(well.get("event_id").asString());
        });
    world.courier.reply = new Courier.Reply(null, 10_000, "no answer within 10 s");
    JsonNode badly = admin.post(path + "/test", "").json();
    assertThat(badly.get("delivered").asBoolean()).isFalse();
    assertThat(badly.get("status_code").isNull()).isTrue();
    assertThat(badly.get("error").asString()).isEqualTo("no answer within 10 s");
  }

  @Test
  void every_change_is_in_the_trail_and_no_secret_nor_the_path_of_a_url() {
    JsonNode made =
        admin.post(ENDPOINTS, "{\"url\": \"https://example.com/T0/kept-to-us?a=b\"}").json();
    String path = WebhookSituations.path(made);
    JsonNode rotated = admin.patch(path, "{\"rotate_secret\": true}").json();
    admin.post(path + "/test", "");
    assertThat(admin.delete(path).outcome()).isEqualTo("204");
    assertThat(admin.delete(path).outcome()).isEqualTo("404 webhook_endpoint.not_found");

    List<AuditEvent> trail =
        world.rows.audit().stream()
            .filter(row -> row.resourceType().equals("webhook_endpoint"))
            .toList();
    assertThat(trail)
        .extracting(AuditEvent::action)
        .containsExactly(
            "webhook_endpoint.created",
            "webhook_endpoint.updated",
            "webhook_endpoint.tested",
            "webhook_endpoint.deleted");
    assertThat(trail.toString())
        .contains("https://example.com")
        .doesNotContain(
            "kept-to-us",
            made.get("secret").asString().substring(6),
            rotated.get("secret").asString().substring(6));
  }
}
