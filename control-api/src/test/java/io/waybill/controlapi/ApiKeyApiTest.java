package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.usecase.Authenticate;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/api-keys}. */
class ApiKeyApiTest {

  private static final String KEYS = "/v1/api-keys";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_key_is_told_once_and_opens_the_door_until_it_is_revoked() {
    JsonNode made = created(admin, "{\"name\": \"line 3\"}");
    String secret = made.get("key_material").asString();
    JsonNode key = made.get("api_key");

    assertThat(secret).matches("wb_[A-Za-z0-9_-]{43}").startsWith(key.get("prefix").asString());
    assertThat(admin.get(KEYS).json().get("api_keys")).containsExactly(key);
    assertThat(admin.get(KEYS).text()).doesNotContain(secret, Authenticate.hashOf(secret));
    assertThat(world.as(secret).get("/v1/projects").json().get("projects")).isEmpty();
    assertThat(world.as(secret).get(KEYS).outcome()).isEqualTo("403 auth.permission_denied");

    assertThat(admin.delete(path(key)).outcome()).isEqualTo("204");
    assertThat(world.as(secret).get("/v1/projects").outcome())
        .isEqualTo("401 auth.api_key_invalid");
    assertThat(admin.get(KEYS).json().at("/api_keys/0/revoked_at").isNull()).isFalse();
    assertThat(admin.delete(path(key)).outcome()).isEqualTo("204");
  }

  @Test
  void a_key_ends_when_its_time_is_up() {
    JsonNode made = created(admin, "{\"name\": \"short\", \"expires_in_seconds\": 60}");
    HttpCalls owner = world.as(made.get("key_material").asString());

    assertThat(made.at("/api_key/expires_at").asString()).isEqualTo("2026-11-23T08:01:00Z");
    assertThat(owner.get("/v1/projects").outcome()).isEqualTo("200");
    world.time.advance(Duration.ofSeconds(60));
    assertThat(owner.get("/v1/projects").outcome()).isEqualTo("401 auth.api_key_expired");
  }

  @Test
  void a_repeated_call_makes_no_second_key_and_does_not_tell_the_first_one_again() {
    HttpCalls keyed = admin.with("Idempotency-Key", "key of line 3");
    JsonNode first = created(keyed, "{\"name\": \"line 3\"}");

    JsonNode second = created(keyed, "{\"name\": \"line 3\"}");

    assertThat(second.get("api_key")).isEqualTo(first.get("api_key"));
    assertThat(second.get("key_material").isNull()).isTrue();
    assertThat(admin.get(KEYS).json().get("api_keys")).hasSize(1);
  }

  @Test
  void keys_are_found_by_what_they_begin_with_and_pages_are_walked() {
    JsonNode a = created(admin, "{\"name\": \"a\"}").get("api_key");
    JsonNode b = created(admin, "{\"name\": \"b\"}").get("api_key");

    JsonNode found = admin.get(KEYS + "?prefix=" + a.get("prefix").asString()).json();
    JsonNode first = admin.get(KEYS + "?limit=1").json();
    String cursor = first.get("next_cursor").asString();

    assertThat(found.get("api_keys")).containsExactly(a);
    assertThat(first.get("api_keys")).containsExactly(b);
    assertThat(admin.get(KEYS + "?limit=1&cursor=" + cursor).json().get("api_keys"))
        .containsExactly(a);
  }

  @Test
  void another_tenant_neither_sees_nor_ends_a_key() {
    JsonNode key = created(admin, "{\"name\": \"line 3\"}").get("api_key");
    HttpCalls other = world.as(TestWorld.OTHER);

    assertThat(other.get(KEYS).json().get("api_keys")).isEmpty();
    assertThat(other.delete(path(key)).outcome()).isEqualTo("404 api_key.not_found");
    assertThat(world.as(TestWorld.VIEWER).delete(path(key)).outcome())
        .isEqualTo("404 api_key.not_found");
    assertThat(world.as(TestWorld.DEVICE_17).get(KEYS).outcome())
        .isEqualTo("403 auth.permission_denied");
  }

  @Test
  void every_change_is_audited_without_the_secret() {
    JsonNode made = created(admin, "{\"name\": \"line 3\"}");
    String secret = made.get("key_material").asString();
    admin.delete(path(made.get("api_key")));
    admin.delete(path(made.get("api_key")));

    assertThat(world.rows.facts().audit())
        .extracting(row -> row.action())
        .containsExactly("api_key.created", "api_key.revoked");
    assertThat(world.rows.facts().toString()).doesNotContain(secret, Authenticate.hashOf(secret));
  }

  @Test
  void a_body_that_is_wrong_says_where() {
    assertThat(admin.post(KEYS, "{\"name\": \" \", \"expires_in_seconds\": 0}").fieldErrors())
        .containsExactlyInAnyOrder(
            "name request.field_required", "expires_in_seconds request.out_of_range");
    assertThat(admin.post(KEYS, "{\"key\": \"mine\"}").fieldErrors())
        .containsExactlyInAnyOrder("name request.field_required", "key request.unknown_field");
    assertThat(
            admin.post(KEYS, "{\"name\": \"a\", \"expires_in_seconds\": 315360001}").fieldErrors())
        .containsExactly("expires_in_seconds request.out_of_range");
  }

  private static JsonNode created(HttpCalls caller, String body) {
    HttpAnswer made = caller.post(KEYS, body);
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private static String path(JsonNode key) {
    return KEYS + "/" + key.get("api_key_id").asString();
  }
}
