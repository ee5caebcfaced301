package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person asks a device over HTTP, the device answers over MQTT, and the person sees it. */
@Timeout(300)
class DeviceCommandsTest {
  private static final String DEVICE = DevelopmentIdentities.ROBOT_17.toString();
  private static final String OF_DEVICE =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/devices/" + DEVICE;
  private static final String TOPIC =
      "device/" + DevelopmentIdentities.TENANT + "/" + DEVICE + "/upload/command";

  @Test
  void what_a_person_asks_a_device_it_hears_and_what_it_answers_the_person_sees(
      @TempDir Path folder) throws InterruptedException {
    try (Site site = Site.open(folder)) {
      site.controlApi();
      site.gateway("waybill-gateway-a");
      Mqtt5BlockingClient device = connected(site.configuration());
      try (Api people = TwoPartUpload.everything(site);
          Mqtt5Publishes heard = device.publishes(MqttGlobalPublishFilter.ALL)) {
        device.subscribeWith().topicFilter(TOPIC).qos(MqttQos.AT_LEAST_ONCE).send();
        JsonNode asked =
            people.post(OF_DEVICE + "/upload", "{\"paths\":[\"/data/run-42/*.mcap\"]}").ok();
        String id = asked.path("command_id").asString();

        Mqtt5Publish message =
            heard
                .receive(2, TimeUnit.MINUTES)
                .orElseThrow(() ->
                    new AssertionError("not told: " + people.get(OF_DEVICE + "/commands/" + id)));
        JsonNode told = JsonMapper.shared().readTree(message.getPayloadAsBytes());
        assertThat(told.path("command_id").asString()).isEqualTo(id);
        assertThat(told.at("/payload/paths/0").asString()).isEqualTo("/data/run-42/*.mcap");
        assertThat(message.getMessageExpiryInterval().orElse(0)).isBetween(86_000L, 86_400L);
        awaits(people, id, "SENT");

        says(device, "{\"command_id\":\"" + id + "\",\"status\":\"accepted\"}");
        awaits(people, id, "ACCEPTED");
        says(
            device, "{\"command_id\":\"" + id + "\",\"status\":\"done\",\"result\":{\"files\":3}}");
        JsonNode done = awaits(people, id, "DONE");
        assertThat(done.at("/result/files").asInt()).isEqualTo(3);
        assertThat(done.path("finished_at").isNull()).isFalse();
      }
      device.disconnect();
    }
  }

  private static Mqtt5BlockingClient connected(Configuration configuration) {
    Mqtt5BlockingClient device =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(DEVICE)
            .serverHost(configuration.text(MqttSetting.HOST))
            .serverPort(configuration.port(MqttSetting.PORT))
            .simpleAuth()
            .username(DEVICE)
            .password(DevelopmentIdentities.ROBOT_17_CREDENTIAL.getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    device.connect();
    return device;
  }

  private static void says(Mqtt5BlockingClient device, String result) {
    device
        .publishWith()
        .topic(TOPIC + "/result")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(result.getBytes(UTF_8))
        .send();
  }

  private static JsonNode awaits(Api people, String id, String status) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> people.get(OF_DEVICE + "/commands/" + id).ok(),
            command -> command.path("status").asString().equals(status));
  }
}
