package io.waybill.allinone.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.allinone.embedded.EmbeddedBroker.Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A broker for the tests of one class, and who speaks to it: two robots and gateways. */
abstract class OnEmbeddedBroker {
  static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  static final UUID ROBOT_17 = UUID.fromString("0190a000-0000-7000-8000-000000000017");
  static final UUID ROBOT_18 = UUID.fromString("0190a000-0000-7000-8000-000000000018");
  static final String REQUEST_17 = own(ROBOT_17, "upload/request");
  static final String RESPONSE_17 = own(ROBOT_17, "upload/response");

  static final Set<UUID> REVOKED = ConcurrentHashMap.newKeySet();

  @TempDir static Path directory;
  static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(Settings.development(directory, 0, registry()));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** Knows robot-17 and robot-18 by "secret-…17" and "secret-…18", until they are revoked. */
  static DeviceDirectory registry() {
    return (device, credential) ->
        (device.equals(ROBOT_17) || device.equals(ROBOT_18))
                && credential.equals(secret(device))
                && !REVOKED.contains(device)
            ? Optional.of(TENANT)
            : Optional.empty();
  }

  static String own(UUID device, String topic) {
    return "device/" + TENANT + "/" + device + "/" + topic;
  }

  static String secret(UUID device) {
    return "secret-" + device;
  }

  static Mqtt5BlockingClient connected(UUID device, String clientId) {
    Mqtt5BlockingClient client = client(device, clientId, secret(device));
    client.connect();
    return client;
  }

  static Mqtt5BlockingClient client(UUID device, String clientId, String credential) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .simpleAuth()
        .username(device.toString())
        .password(credential.getBytes(UTF_8))
        .applySimpleAuth()
        .buildBlocking();
  }

  static Mqtt3BlockingClient connected3(UUID device, String clientId) {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(clientId)
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .simpleAuth()
            .username(device.toString())
            .password(secret(device).getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    return client;
  }

  static Mqtt5BlockingClient gateway(String clientId) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .buildBlocking();
  }

  static Mqtt5BlockingClient connectedGateway(String clientId) {
    Mqtt5BlockingClient client = gateway(clientId);
    client
        .connectWith()
        .simpleAuth()
        .username("waybill-gateway")
        .password("wb_dev_gateway_local_only".getBytes(UTF_8))
        .applySimpleAuth()
        .send();
    return client;
  }

  static void subscribe(Mqtt5BlockingClient client, String filter) {
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  static void publish(Mqtt5BlockingClient client, String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(UTF_8))
        .send();
  }

  static Mqtt5Publish retained(String topic) {
    return Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE).retain(true).build();
  }

  static String next(Mqtt5Publishes publishes) throws InterruptedException {
    return publishes
        .receive(20, TimeUnit.SECONDS)
        .map(message -> message.getTopic().toString())
        .orElse("nothing came");
  }
}
