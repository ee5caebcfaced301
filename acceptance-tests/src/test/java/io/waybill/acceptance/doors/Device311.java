package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient.Mqtt3Publishes;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Robot-17 with a client of MQTT 3.1.1: topics and JSON are all it has. */
final class Device311 implements Door, AutoCloseable {
  private static final String TOPIC =
      "device/" + DevelopmentIdentities.TENANT + "/" + DevelopmentIdentities.ROBOT_17 + "/upload/";

  private final Mqtt3BlockingClient client;
  private final Mqtt3Publishes answers;

  private Device311(Mqtt3BlockingClient client, Mqtt3Publishes answers) {
    this.client = client;
    this.answers = answers;
  }

  static Device311 robot17(Configuration configuration) {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(TwoPartUpload.ROBOT_17)
            .serverHost(configuration.text(MqttSetting.HOST))
            .serverPort(configuration.port(MqttSetting.PORT))
            .simpleAuth()
            .username(TwoPartUpload.ROBOT_17)
            .password(DevelopmentIdentities.ROBOT_17_CREDENTIAL.getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    Mqtt3Publishes answers = client.publishes(MqttGlobalPublishFilter.ALL);
    client.connectWith().cleanSession(false).send();
    client.subscribeWith().topicFilter(TOPIC + "response").qos(MqttQos.AT_LEAST_ONCE).send();
    return new Device311(client, answers);
  }

  @Override
  public Heard ask(String command, String payload, @Nullable String key) {
    String id = UUID.randomUUID().toString();
    String request =
        "{\"request_id\":\"%s\",\"command\":\"%s\",\"payload\":%s}".formatted(id, command, payload);
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (true) {
      assertThat(Instant.now()).as("no answer to %s", request).isBefore(end);
      client
          .publishWith()
          .topic(TOPIC + "request")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(request.getBytes(UTF_8))
          .send();
      Optional<JsonNode> reply = next(id);
      if (reply.isPresent()) {
        return Door.heard(reply.get());
      }
    }
  }

  /** What is answered to this request; empty when nothing more comes for a while. */
  private Optional<JsonNode> next(String id) {
    try {
      while (true) {
        Optional<Mqtt3Publish> message = answers.receive(5, TimeUnit.SECONDS);
        if (message.isEmpty()) {
          return Optional.empty();
        }
        JsonNode reply = JsonMapper.shared().readTree(message.get().getPayloadAsBytes());
        if (reply.path("request_id").asString().equals(id)) {
          return Optional.of(reply);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "MQTT 3.1.1";
  }

  @Override
  public void close() {
    answers.close();
    client.disconnect();
  }
}
