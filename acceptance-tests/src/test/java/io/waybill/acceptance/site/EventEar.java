package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hears what robot-17 is told on {@code upload/event}. */
public final class EventEar implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Mqtt5AsyncClient client;
  private final List<Mqtt5Publish> heard = new ArrayList<>();

  private EventEar(Mqtt5AsyncClient client) {
    this.client = client;
  }

  /** Connects as the device, beside its other connections. */
  public static EventEar robot17(Configuration configuration) {
    String device = DevelopmentIdentities.ROBOT_17.toString();
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(device + "-ear")
            .serverHost(configuration.text(MqttSetting.HOST))
            .serverPort(configuration.port(MqttSetting.PORT))
            .simpleAuth()
            .username(device)
            .password(DevelopmentIdentities.ROBOT_17_CREDENTIAL.getBytes(UTF_8))
            .applySimpleAuth()
            .buildAsync();
    EventEar ear = new EventEar(client);
    client.publishes(MqttGlobalPublishFilter.ALL, ear::hear);
    client.connect().join();
    client
        .subscribeWith()
        .topicFilter("device/" + DevelopmentIdentities.TENANT + "/" + device + "/upload/event")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .join();
    return ear;
  }

  private synchronized void hear(Mqtt5Publish message) {
    heard.add(message);
    notifyAll();
  }

  /** Waits until this is said of an upload; every event of it so far, each once. */
  public List<JsonNode> awaits(String type, String session) throws InterruptedException {
    return awaitsOf("upload_session/" + session, type);
  }

  /** Waits until this is said of a subject; every event of it so far, each once. */
  public synchronized List<JsonNode> awaitsOf(String subject, String type)
      throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (of(subject).stream().noneMatch(event -> event.path("type").asString().equals(type))) {
      assertThat(Instant.now()).as("no %s of %s in %s", type, subject, of(subject)).isBefore(end);
      wait(100);
    }
    return of(subject);
  }

  private List<JsonNode> of(String subject) {
    return heard.stream()
        .map(message -> JsonMapper.shared().readTree(message.getPayloadAsBytes()))
        .filter(event -> event.path("subject").asString().equals(subject))
        .distinct()
        .toList();
  }

  /** The messages themselves. */
  public synchronized List<Mqtt5Publish> messages() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    client.disconnect().join();
  }
}
