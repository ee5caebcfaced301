package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.wire.Command;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Mistakes that only one transport can make: envelopes over MQTT; paths and heads over HTTP. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class OneDoorsOwnMistakesTest {
  private static final String NOBODY = "00000000-0000-7000-8000-000000000000";
  private static final String PROJECT = "0190a000-0000-7000-8000-000000000002";
  private static final byte[] NOTHING = new byte[0];

  private final Device robot;
  private final RawHttp http;
  private final TwoPartUpload.Begun open;

  OneDoorsOwnMistakesTest(Site site) {
    this.robot = Device.robot17(site.configuration());
    this.http = new RawHttp(site.api(), DevelopmentIdentities.ROBOT_17_CREDENTIAL);
    this.open = TwoPartUpload.begin(Door.mqtt(robot), "own-mistakes");
  }

  @AfterAll
  void both_doors_serve() {
    assertThat(TwoPartUpload.status(Door.mqtt(robot), open)).isEqualTo("INITIATED");
    assertThat(http.send("GET", "/v1/uploads/" + open.session(), NOTHING).status()).isEqualTo(200);
    robot.close();
    http.close();
  }

  /** What follows the request id in an envelope. */
  static Stream<Arguments> envelopes() {
    return Stream.of(
        Arguments.of("", "mqtt.malformed"),
        Arguments.of(",\"command\":null", "mqtt.malformed"),
        Arguments.of(",\"command\":17", "mqtt.malformed"),
        Arguments.of(",\"command\":\"\"", "mqtt.malformed"),
        Arguments.of(",\"command\":\"format_disk\"", "mqtt.unknown_command"),
        Arguments.of(",\"command\":\"Describe\"", "mqtt.unknown_command"),
        Arguments.of(",\"command\":\"describe\",\"colour\":1", "request.validation_failed"),
        Arguments.of(
            ",\"command\":\"describe\",\"payload\":{\"colour\":1}", "request.validation_failed"),
        Arguments.of(",\"command\":\"describe\",\"payload\":[]", "request.validation_failed"),
        Arguments.of(",\"command\":\"get_status\"", "request.validation_failed"),
        Arguments.of(
            ",\"command\":\"get_status\",\"payload\":{\"session_id\":\"17\"}",
            "request.validation_failed"),
        Arguments.of(
            ",\"command\":\"get_status\",\"payload\":{\"session_id\":17}",
            "request.validation_failed"),
        Arguments.of(
            ",\"command\":\"describe\",\"idempotency_key\":\"\"", "request.validation_failed"),
        Arguments.of(
            ",\"command\":\"describe\",\"idempotency_key\":\"" + "k".repeat(256) + "\"",
            "request.validation_failed"),
        Arguments.of(
            ",\"command\":\"describe\",\"payload\":{\"max_response_bytes\":0}",
            "request.validation_failed"),
        Arguments.of(
            ",\"command\":\"describe\",\"payload\":{\"max_response_bytes\":20}",
            "mqtt.response_too_large"),
        Arguments.of(
            ",\"command\":\"list_parts\",\"payload\":{\"session_id\":\"" + NOBODY + "\"}",
            "upload_session.not_found"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("envelopes")
  void an_envelope_that_is_wrong_is_answered_under_its_request_id(String rest, String code) {
    String id = UUID.randomUUID().toString();

    JsonNode answer = robot.askAs(id, "{\"request_id\":\"" + id + "\"" + rest + "}");

    assertThat(answer.path("ok").booleanValue()).isFalse();
    assertThat(answer.path("error").path("code").asString()).isEqualTo(code);
    assertThat(answer.path("error").path("retryable").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"command\":\"describe\"}",
        "{\"command\":\"describe\",\"request_id\":null}",
        "{\"command\":\"describe\",\"request_id\":17.5}",
        "{\"command\":\"describe\",\"request_id\":\"\"}",
        "{\"command\":\"describe\",\"request_id\":\"a\\nb\"}",
      })
  void a_request_without_a_readable_id_is_answered_on_the_error_topic(String request) {
    robot.say(request.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    JsonNode error = robot.nextError();

    assertThat(error.path("request_id").isNull()).isTrue();
    assertThat(error.path("error").path("code").asString()).isEqualTo("mqtt.malformed");
  }

  @Test
  void an_unknown_command_is_told_the_known_ones() {
    JsonNode answer = robot.ask("format_disk", "{}");

    assertThat(
            answer
                .path("error")
                .path("details")
                .path("known_commands")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Command.Name.values()).map(Command.Name::toString).toList());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "GET, /v1/nothing, 404 request.route_not_found",
    "POST, /, 405 request.method_not_allowed",
    "GET, /v1/uploads, 404 request.route_not_found",
    "PUT, /v1/uploads/" + NOBODY + ", 405 request.method_not_allowed",
    "DELETE, /v1/uploads/" + NOBODY + "/complete, 405 request.method_not_allowed",
    "GET, /v1/uploads/17, 404 upload_session.not_found",
    "GET, /v1/uploads/" + NOBODY + ", 404 upload_session.not_found",
    "POST, /v1/uploads/17/complete, 404 upload_session.not_found",
    "GET, /v1/projects/17/upload-tasks, 404 project.not_found",
    "GET, /v1/projects/" + PROJECT + "/upload-tasks/17, 404 upload_task.not_found",
    "GET, /v1/projects/" + PROJECT + "/upload-tasks?limit=0, 422 request.validation_failed",
    "GET, /v1/projects/" + PROJECT + "/upload-tasks?limit=201, 422 request.validation_failed",
    "GET, /v1/projects/" + PROJECT + "/upload-tasks?cursor=x, 422 request.validation_failed",
    "GET, /v1/projects/" + PROJECT + "/upload-tasks?colour=1, 422 request.validation_failed",
  })
  void a_path_or_a_query_that_is_wrong_has_its_code(String method, String path, String answer) {
    var heard = http.send(method, path, NOTHING);

    assertThat(heard.status() + " " + heard.code()).isEqualTo(answer);
  }

  @Test
  void a_head_that_is_wrong_has_its_code() {
    String path = "/v1/uploads/" + open.session() + "/pause";
    byte[] body = {'{', '}'};
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=latin1")) {
      var heard = http.send("POST", path, body, "Content-Type", type);
      assertThat(heard.status() + " " + heard.code())
          .isEqualTo("415 request.unsupported_media_type");
    }
    var heard =
        http.send(
            "POST",
            path,
            body,
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "k".repeat(256));
    assertThat(heard.status() + " " + heard.code()).isEqualTo("422 request.validation_failed");
  }
}
