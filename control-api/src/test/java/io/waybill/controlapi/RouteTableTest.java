package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.PlainRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that is here whole is answered as one that a server has read. */
class RouteTableTest {

  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String TASK =
      """
      {"objects": [{"object_name": "run.mcap", "file_size_bytes": 5242880}]}
      """;

  private final TestWorld world = new TestWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, ''",
    "GET, /upload-tasks?limit=1&status=UPLOADING",
    "GET, /upload-tasks?limit=none&nothing=1",
    "GET, /no-such-route",
    "PUT, ''",
    "POST, /upload-tasks",
    "OPTIONS, ''",
  })
  void one_answer_to_both(String method, String end) {
    String path = PROJECT + end;
    HttpAnswer served =
        world.as(TestWorld.ADMIN).with("X-Request-ID", "same").send(method, path, new byte[0]);
    var plain = ask(method, path, "", Map.of("authorization", "Bearer " + TestWorld.ADMIN));

    assertThat(plain.status()).isEqualTo(served.status());
    assertThat(plain.body()).isEqualTo(served.response().body());
    plain.headers().forEach((name, value) -> assertThat(served.header(name)).isEqualTo(value));
    assertThat(plain.headers()).containsEntry("X-Request-ID", "same");
  }

  @Test
  void nobody_is_let_in_without_a_key() {
    var answer = ask("GET", PROJECT, "", Map.of());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
  }

  @Test
  void what_is_asked_twice_with_one_key_has_one_effect() {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Bearer " + TestWorld.ADMIN,
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "once");
    var first = ask("POST", PROJECT + "/upload-tasks", TASK, headers);
    var second = ask("POST", PROJECT + "/upload-tasks", TASK, headers);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.headers()).containsEntry("Idempotency-Replayed", "true");
    assertThat(second.body()).isEqualTo(first.body());
  }

  private io.waybill.controlapi.edge.HttpAnswer ask(
      String method, String target, String body, Map<String, String> headers) {
    Map<String, String> sent = new LinkedHashMap<>(headers);
    sent.put("x-request-id", "same");
    return world
        .table()
        .answer(new PlainRequest(method, target, sent, body.getBytes(StandardCharsets.UTF_8)));
  }
}
