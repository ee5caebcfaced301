package io.waybill.acceptance.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A device's whole upload, and everything that it can do wrong. */
final class OverMqtt {
  private final Talk talk;
  private final Device device;
  private final Api store;

  OverMqtt(Talk talk, Device device, Api store) {
    this.talk = talk;
    this.device = device;
    this.store = store;
  }

  private static String task(String more) {
    return """
    {"project_id": "%s", "objects": [{"object_name": "run.bin", "file_size_bytes": %d}],
     "presign": {"first": 1}%s}
    """
        .formatted(DevelopmentIdentities.PROJECT, OverHttp.BYTES, more);
  }

  private JsonNode ok(String command, String payload) {
    JsonNode answer = talk.heard(device.ask(command, payload));
    assertThat(answer.path("ok").asBoolean()).as(command).isTrue();
    return answer.path("result");
  }

  private String refused(String command, String payload) {
    JsonNode answer = talk.heard(device.ask(command, payload));
    assertThat(answer.path("ok").asBoolean()).as(command).isFalse();
    return answer.path("error").path("code").stringValue();
  }

  private JsonNode create() {
    return ok("create_session", task("")).path("objects").get(0);
  }

  private static String id(JsonNode object) {
    return "\"session_id\": \"" + object.path("session_id").stringValue() + "\"";
  }

  private void put(JsonNode object) {
    JsonNode part = object.path("presigned").path("parts").get(0);
    store.put(part.path("url").stringValue(), OverHttp.bytes());
  }

  /** From the first request to the end, asking for URLs in every way there is. */
  void uploads() {
    JsonNode object = create();
    put(object);
    ok("presign_parts", "{%s, \"part_numbers\": [1]}".formatted(id(object)));
    ok(
        "presign_parts",
        "{%s, \"part_numbers\": [1], \"encoding\": \"compact\"}".formatted(id(object)));
    ok("list_parts", "{%s, \"source\": \"reconcile\"}".formatted(id(object)));
    ok("complete_upload", "{%s}".formatted(id(object)));
    ok("describe", "{}");
  }

  /** Errors in the request, each with something secret where it does not belong. */
  void errs() {
    JsonNode object = create();
    assertThat(refused("complete_upload", "{%s}".formatted(id(object))))
        .isEqualTo("upload.missing_parts");
    for (String more :
        new String[] {
          "\"credential\": \"" + talk.plant("an unknown field over MQTT") + "\"",
          "\"storage_policy_id\": \"" + talk.plant("an id over MQTT") + "\""
        }) {
      assertThat(refused("create_session", task(", " + more)))
          .isEqualTo("request.validation_failed");
    }
    assertThat(
            refused(
                "create_session",
                task(
                    ", \"metadata\": {\"password\": \"%s\"}"
                        .formatted(talk.plant("metadata over MQTT")))))
        .isEqualTo("request.validation_failed");
    assertThat(refused("open_sesame", "{\"word\": \"" + talk.plant("an unknown command") + "\"}"))
        .isEqualTo("mqtt.unknown_command");
    String requestId = UUID.randomUUID().toString();
    talk.heard(
        device.askAs(
            requestId,
            "{\"request_id\": \"%s\", \"command\": \"describe\", \"payload\": %s"
                .formatted(requestId, talk.plant("broken JSON over MQTT"))));
    device.say(talk.plant("no JSON at all").getBytes(UTF_8));
    talk.heard(device.nextError());
  }

  /** Repeats a URL to us that it was given, in words. */
  void tellsUsAUrl() {
    JsonNode object = create();
    JsonNode part = object.path("presigned").path("parts").get(0);
    String reason = "PUT " + part.path("url").stringValue() + " failed";
    ok("abort_upload", "{%s, \"reason\": \"%s\"}".formatted(id(object), reason));
  }

  /** Everything that needs the store, while it cannot be reached. */
  void losesTheStore(Road road) {
    JsonNode object = create();
    put(object);
    road.cut();
    assertThat(refused("create_session", task(""))).isEqualTo("storage.unavailable");
    assertThat(refused("complete_upload", "{%s}".formatted(id(object))))
        .isEqualTo("storage.unavailable");
    road.mend();
  }
}
