package io.waybill.acceptance.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.allinone.stack.DevelopmentIdentities;
import tools.jackson.databind.JsonNode;

/** Who governs: makes keys, devices and all else, and pastes secrets wherever a text is taken. */
final class OverPlatform {
  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;
  private static final String DEVICES = PROJECT + "/devices";

  private final Talk talk;
  private final Api api;

  OverPlatform(Talk talk, Api api) {
    this.talk = talk;
    this.api = api;
  }

  /** Everything that is told once: of a key, of a new device and of one whose secret is changed. */
  void makesSecrets() {
    JsonNode key = twice("/v1/api-keys", "{\"name\": \"for a day\"}");
    assertThat(key.path("key_material").stringValue()).startsWith("wb_");
    String id = key.path("api_key").path("api_key_id").stringValue();
    JsonNode device = twice(DEVICES, "{\"name\": \"Press\", \"device_code\": \"press-7\"}");
    assertThat(device.path("credential").path("credential_material").stringValue())
        .startsWith("wbd_");
    String press = DEVICES + "/" + device.path("device").path("device_id").stringValue();
    twice(press + "/credentials/rotate", "{}");
    talk.heard(api.get(press)).ok();
    talk.heard(api.get("/v1/api-keys")).ok();
    talk.heard(api.call("DELETE", "/v1/api-keys/" + id, "")).status();
    talk.heard(api.get("/v1/audit-events")).ok();
  }

  /** The first answer of a call that is repeated under its key. */
  private JsonNode twice(String path, String body) {
    String key = "once " + path;
    JsonNode first = talk.heard(api.post(path, body, key)).ok();
    talk.heard(api.post(path, body, key)).ok();
    return first;
  }

  /** Wherever a text is kept. */
  void pastesSecrets() {
    refused("/v1/projects", "\"slug\": \"a\", \"name\": \"%s\"");
    refused("/v1/projects", "\"slug\": \"a\", \"name\": \"a\", \"description\": \"%s\"");
    refused("/v1/projects", "\"slug\": \"a\", \"name\": \"a\", \"metadata\": {\"b\": \"%s\"}");
    refused("/v1/api-keys", "\"name\": \"%s\"");
    refused(
        "/v1/storage-policies",
        "\"name\": \"%s\", \"endpoint_ref\": \"default\", \"bucket\": \"a\"");
    refused("/v1/permission-grants", "\"code\": \"%s\"");
    refused(PROJECT + "/members/invite", "\"subject_id\": \"%s\"");
    refused(PROJECT + "/tags", "\"name\": \"%s\"");
    refused(PROJECT + "/tag-categories", "\"name\": \"a\", \"description\": \"%s\"");
    refused(DEVICES, "\"name\": \"%s\", \"device_code\": \"a\"");
    refused(DEVICES, "\"name\": \"a\", \"device_code\": \"%s\"");
    refused(PROJECT + "/datasets", "\"name\": \"%s\"");
    refused(PROJECT + "/datasets", "\"name\": \"a\", \"labels\": {\"b\": \"%s\"}");
  }

  private void refused(String path, String fields) {
    String secret = "https://store/k?X-Amz-Signature=" + talk.plant(path + " " + fields);
    assertThat(talk.heard(api.post(path, "{" + fields.formatted(secret) + "}")).code())
        .isEqualTo("request.validation_failed");
  }

  /** Wherever a request is described. */
  void pastesSecretsInTheHead() {
    for (String header :
        new String[] {"User-Agent", "X-Request-ID", "traceparent", "Last-Event-ID"}) {
      Api careless = api.with(header, "wb_" + talk.plant(header));
      talk.heard(careless.post(PROJECT + "/tags", "{\"name\": \"of %s\"}".formatted(header))).ok();
      talk.heard(careless.get("/v1/nowhere")).code();
    }
    String key = "wb_" + talk.plant("an idempotency key") + "-and-as-long-as-one-is";
    assertThat(talk.heard(api.post(PROJECT + "/tags", "{\"name\": \"a\"}", key)).code())
        .isEqualTo("request.validation_failed");
  }
}
