package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever pastes a secret where a text is kept is told so, and it is not kept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretTextsTest {

  private static final String KEY = "wb_plantedplantedplantedplantedplantedplanted";
  private static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJwbGFudGVkIjoxfQ.c2lnbmVk";
  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterAll
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/projects               | name        | "slug": "a"
          /v1/projects               | description | "slug": "a", "name": "a"
          /v1/api-keys               | name        |
          /v1/storage-policies       | name        | "endpoint_ref": "default", "bucket": "robot-data"
          PROJECT/tags               | name        |
          PROJECT/tags               | description | "name": "a"
          PROJECT/tag-categories     | name        |
          PROJECT/tag-categories     | description | "name": "a"
          PROJECT/devices            | name        | "device_code": "a"
          PROJECT/devices            | device_code | "name": "a"
          PROJECT/devices            | device_type | "name": "a", "device_code": "a"
          PROJECT/datasets           | name        |
          """)
  void a_secret_is_no_name_and_no_description(String path, String field, String rest) {
    for (String secret : List.of(KEY, "see https://s/k?X-Amz-Signature=planted", TOKEN)) {
      String more = rest == null ? "" : ", " + rest;
      String body = "{\"%s\": \"%s\"%s}".formatted(field, secret, more);

      HttpAnswer answer = admin.post(path.replace("PROJECT", PROJECT), body);

      assertThat(answer.outcome()).isEqualTo("422 request.validation_failed");
      assertThat(answer.fieldErrors()).contains(field + " metadata.secret_value");
      assertThat(answer.text()).doesNotContain(secret);
    }
    assertThat(world.rows.facts().toString()).doesNotContain("planted", TOKEN);
  }

  @Test
  void a_change_is_looked_at_like_what_is_new() {
    String body = "{\"name\": \"" + TOKEN + "\"}";

    assertThat(admin.patch(PROJECT, body).fieldErrors())
        .containsExactly("name metadata.secret_value");
    assertThat(admin.patch(PROJECT + "/devices/" + TestWorld.ROBOT_17, body).fieldErrors())
        .containsExactly("name metadata.secret_value");
  }

  @Test
  void a_secret_is_no_reason() {
    String held = HttpUploads.in(world).create(1).send(1, 1).complete().datasetPath();

    assertThat(admin.post(held + "/legal-hold", "{\"reason\": \"" + KEY + "\"}").fieldErrors())
        .containsExactly("reason metadata.secret_value");
  }

  @Test
  void what_only_begins_as_a_key_is_a_name_like_any_other() {
    assertThat(admin.post(PROJECT + "/tags", "{\"name\": \"wb_temperature_left\"}").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "wb_planted_1", "wbd_planted_1", TOKEN})
  void a_request_id_that_may_be_a_secret_is_replaced(String secret) {
    HttpCalls careless = admin.with("X-Request-ID", secret);

    HttpAnswer answer = careless.post("/v1/api-keys", "{\"name\": \"line 3\"}");

    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.header("X-Request-ID")).hasSize(36);
    assertThat(careless.get("/v1/nowhere").text()).doesNotContain(secret);
    assertThat(world.rows.facts().toString()).doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, TOKEN})
  void a_secret_is_no_key_of_a_call(String secret) {
    HttpAnswer answer =
        admin.with("Idempotency-Key", secret).post("/v1/api-keys", "{\"name\": \"line 3\"}");

    assertThat(answer.fieldErrors()).containsExactly("Idempotency-Key request.field_invalid");
    assertThat(answer.text()).doesNotContain(secret);
    assertThat(world.rows.remembers(secret)).isFalse();
  }
}
