package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Robot-18 with its own credential and bad intentions. */
final class Spy implements AutoCloseable {
  private static final String OWN =
      "device/" + DevelopmentIdentities.TENANT + "/" + DevelopmentIdentities.ROBOT_18 + "/upload/";

  private final Mqtt5BlockingClient client;
  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<String> own = new LinkedBlockingQueue<>();

  private Spy(Mqtt5BlockingClient client) {
    this.client = client;
  }

  static Spy robot18(Configuration configuration) {
    String user = DevelopmentIdentities.ROBOT_18.toString();
    Mqtt5BlockingClient client =
        client(configuration, user, user + "-spy", DevelopmentIdentities.ROBOT_18_CREDENTIAL);
    Spy spy = new Spy(client);
    client
        .toAsync()
        .publishes(
            MqttGlobalPublishFilter.ALL,
            message -> {
              String topic = message.getTopic().toString();
              if (topic.startsWith(OWN)) {
                spy.own.add(new String(message.getPayloadAsBytes(), UTF_8));
              } else {
                spy.topics.add(topic);
              }
            });
    client.connect();
    client.subscribeWith().topicFilter(OWN + "response").qos(MqttQos.AT_LEAST_ONCE).send();
    return spy;
  }

  /** Whether a broker lets somebody in who leaves again at once. */
  static boolean isLetIn(Configuration configuration, String user, String clientId, String secret) {
    Mqtt5BlockingClient client = client(configuration, user, clientId, secret);
    try {
      client.connect();
      client.disconnect();
      return true;
    } catch (Mqtt5ConnAckException refused) {
      return false;
    }
  }

  private static Mqtt5BlockingClient client(
      Configuration configuration, String user, String clientId, String secret) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost(configuration.text(MqttSetting.HOST))
        .serverPort(configuration.port(MqttSetting.PORT))
        .simpleAuth()
        .username(user)
        .password(secret.getBytes(UTF_8))
        .applySimpleAuth()
        .buildBlocking();
  }

  /** Subscribes; whether that was granted. */
  boolean listen(String filter) {
    try {
      client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
      return true;
    } catch (Mqtt5SubAckException refused) {
      return false;
    }
  }

  /** Publishes, whether or not the broker takes it. */
  void speak(String topic, String payload) {
    try {
      client
          .publishWith()
          .topic(topic)
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(payload.getBytes(UTF_8))
          .send();
    } catch (Mqtt5PubAckException refused) {
      // as it should be; a broker that says nothing must do nothing
    }
  }

  /** Asks something of its own until it is answered: what was sent before has come by then. */
  void roundTrip() {
    String id = UUID.randomUUID().toString();
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    try {
      String answer = "";
      while (!answer.contains(id)) {
        assertThat(Instant.now()).as("no answer").isBefore(end);
        speak(OWN + "request", "{\"request_id\":\"" + id + "\",\"command\":\"describe\"}");
        answer = Objects.requireNonNullElse(own.poll(1, TimeUnit.SECONDS), "");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The topics, not its own, of which something came. */
  List<String> heard() {
    return List.copyOf(topics);
  }

  /** A broker may have closed the connection by itself when it refused something. */
  @Override
  public void close() {
    try {
      client.disconnect();
    } catch (MqttClientStateException closed) {
      assertThat(client.getState().isConnected()).isFalse();
    }
  }
}
