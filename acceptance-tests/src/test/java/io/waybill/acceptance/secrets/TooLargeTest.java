package io.waybill.acceptance.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** No byte of a file gets into our processes: what is too large is refused, and they live on. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TooLargeTest {
  private static final String TASKS =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks";
  private static final int MIB = 1 << 20;

  private Site site;
  private Program controlApi;
  private Program gateway;
  private Api api;
  private Device device;

  @BeforeAll
  void open(@TempDir Path folder) {
    site = Site.open(folder);
    controlApi = site.controlApi();
    gateway = site.gateway("waybill-gateway-a");
    api = new Api(site.api(), DevelopmentIdentities.API_KEY);
    device = Device.robot17(site.configuration());
  }

  @AfterAll
  void close() {
    device.close();
    api.close();
    site.close();
  }

  private static String padded(int bytes) {
    return "{\"task_name\": \"" + "x".repeat(bytes) + "\"}";
  }

  @Test
  void a_body_of_more_than_a_mebibyte_is_refused_and_the_api_lives() {
    assertThat(api.post(TASKS, padded(2 * MIB)).code()).isEqualTo("request.too_large");
    assertThat(api.post(TASKS, padded(7 * MIB)).status()).isEqualTo(413);
    assertThat(api.get("/v1/projects").status()).isEqualTo(200);
  }

  @Test
  void a_body_of_nine_mebibytes_is_refused_and_the_api_lives() {
    assertThat(api.post(TASKS, padded(9 * MIB)).code()).isEqualTo("request.too_large");
    assertThat(controlApi.isAlive()).isTrue();
    assertThat(api.get("/v1/projects").status()).isEqualTo(200);
  }

  @Test
  void a_payload_of_300_kilobytes_is_refused_with_its_size_and_the_gateway_lives() {
    String requestId = UUID.randomUUID().toString();
    String request =
        "{\"request_id\":\"%s\",\"command\":\"describe\",\"payload\":{\"padding\":\"%s\"}}"
            .formatted(requestId, "x".repeat(300_000));
    JsonNode error = device.askAs(requestId, request).path("error");
    assertThat(error.path("code").stringValue()).isEqualTo("mqtt.request_too_large");
    assertThat(error.path("details").path("limit_bytes").asInt()).isEqualTo(256 * 1024);
    assertThat(gateway.isAlive()).isTrue();
    assertThat(device.result("describe", "{}").path("limits").isObject()).isTrue();
  }

  @Test
  void file_bytes_on_the_request_topic_are_refused_on_the_error_topic() {
    device.say(padded(300_000).getBytes(UTF_8));
    assertThat(device.nextError().path("error").path("code").stringValue())
        .isEqualTo("mqtt.request_too_large");
    assertThat(device.result("describe", "{}").path("limits").isObject()).isTrue();
  }
}
