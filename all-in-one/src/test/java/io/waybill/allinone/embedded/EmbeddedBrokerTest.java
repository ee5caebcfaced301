package io.waybill.allinone.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.allinone.embedded.EmbeddedBroker.Settings;
import io.waybill.server.config.StartupFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedBrokerTest {
  private static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final UUID ROBOT_17 = UUID.fromString("0190a000-0000-7000-8000-000000000017");
  private static final UUID ROBOT_18 = UUID.fromString("0190a000-0000-7000-8000-000000000018");
  private static final String REQUEST_17 = own(ROBOT_17, "upload/request");
  private static final String RESPONSE_17 = own(ROBOT_17, "upload/response");

  @TempDir static Path directory;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(Settings.development(directory, 0, registry()));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** Knows robot-17 and robot-18 by the credentials "secret-…17" and "secret-…18". */
  private static DeviceDirectory registry() {
    return (device, credential) ->
        (device.equals(ROBOT_17) || device.equals(ROBOT_18)) && credential.equals(secret(device))
            ? Optional.of(TENANT)
            : Optional.empty();
  }

  @Test
  void a_request_reaches_the_gateway_and_its_answer_the_device() throws Exception {
    Mqtt5BlockingClient gateway = connectedGateway("waybill-gateway-a");
    Mqtt5BlockingClient device = connected(ROBOT_17, ROBOT_17.toString());
    try (Mqtt5Publishes requests = gateway.publishes(MqttGlobalPublishFilter.ALL);
        Mqtt5Publishes answers = device.publishes(MqttGlobalPublishFilter.ALL)) {
      subscribe(gateway, "$share/gateways/device/+/+/upload/request");
      subscribe(device, own(ROBOT_17, "upload/response/#"));

      publish(device, REQUEST_17, "{}");
      assertThat(next(requests)).isEqualTo(REQUEST_17);
      publish(gateway, RESPONSE_17, "{}");
      assertThat(next(answers)).isEqualTo(RESPONSE_17);
    } finally {
      device.disconnect();
      gateway.disconnect();
    }
  }

  @Test
  void a_3_1_1_client_has_the_same_road() throws Exception {
    Mqtt5BlockingClient gateway = connectedGateway("waybill-gateway-b");
    Mqtt3BlockingClient device = connected3(ROBOT_18, ROBOT_18 + "-plc");
    try (var answers = device.publishes(MqttGlobalPublishFilter.ALL)) {
      device.subscribeWith().topicFilter(own(ROBOT_18, "upload/response")).send();
      publish(gateway, own(ROBOT_18, "upload/response"), "{}");
      assertThat(answers.receive(20, TimeUnit.SECONDS)).isPresent();
    } finally {
      device.disconnect();
      gateway.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "+/+/+/upload/response",
        "device/#",
        "device/+/+/upload/response",
        "$share/g/#",
        "$share/g/device/+/+/upload/request",
        "$SYS/#"
      })
  void a_device_cannot_listen_to_more_than_itself(String filter) {
    Mqtt5BlockingClient robot18 = connected(ROBOT_18, ROBOT_18 + "-greedy");
    assertThatThrownBy(() -> subscribe(robot18, filter)).isInstanceOf(Mqtt5SubAckException.class);
    Mqtt3BlockingClient robot18asPlc = connected3(ROBOT_18, ROBOT_18 + "-greedyPlc");
    assertThatThrownBy(() -> robot18asPlc.subscribeWith().topicFilter(filter).send())
        .isInstanceOf(Mqtt3SubAckException.class);
    robot18.disconnect();
    robot18asPlc.disconnect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload/response", "upload/response/#", "upload/error", "upload/command"})
  void a_device_cannot_listen_to_another(String topic) {
    Mqtt5BlockingClient robot18 = connected(ROBOT_18, ROBOT_18 + "-nosy");
    assertThatThrownBy(() -> subscribe(robot18, own(ROBOT_17, topic)))
        .isInstanceOf(Mqtt5SubAckException.class);
    assertThatThrownBy(() -> subscribe(robot18, "$share/g/" + own(ROBOT_18, "upload/response")))
        .as("its own answers are not for a group")
        .isInstanceOf(Mqtt5SubAckException.class);
    robot18.disconnect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload/request", "upload/response", "upload/command/result", "presence"})
  void a_device_cannot_speak_for_another(String topic) {
    Mqtt5BlockingClient robot18 = connected(ROBOT_18, ROBOT_18 + "-loud");
    assertThatThrownBy(() -> publish(robot18, own(ROBOT_17, topic), "{}"))
        .isInstanceOf(Mqtt5PubAckException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload/response", "upload/event", "upload/command", "upload/else"})
  void a_device_cannot_speak_for_the_platform(String topic) {
    Mqtt5BlockingClient robot18 = connected(ROBOT_18, ROBOT_18 + "-forger");
    assertThatThrownBy(() -> publish(robot18, own(ROBOT_18, topic), "{}"))
        .isInstanceOf(Mqtt5PubAckException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload/request/",
        "upload/request/now",
        "upload//request",
        "upload/Request",
        "upload/requests",
        "upload",
        "presence/",
        "upload/progress/"
      })
  void what_nobody_will_read_is_refused(String topic) {
    Mqtt5BlockingClient device = connected(ROBOT_17, ROBOT_17 + "-misspelt");
    assertThatThrownBy(() -> publish(device, own(ROBOT_17, topic), "{}"))
        .isInstanceOf(Mqtt5PubAckException.class);
    Mqtt3BlockingClient plc = connected3(ROBOT_17, ROBOT_17 + "-misspeltPlc");
    plc.publishWith().topic(own(ROBOT_17, topic)).qos(MqttQos.AT_MOST_ONCE).send();
    Awaitility.await("its connection ends").until(() -> !plc.getState().isConnected());
  }

  @ParameterizedTest
  @ValueSource(strings = {"upload/response/", "upload/error/", "upload/event/"})
  void what_nobody_will_write_is_not_listened_to(String topic) {
    Mqtt5BlockingClient device = connected(ROBOT_17, ROBOT_17 + "-deaf");
    assertThatThrownBy(() -> subscribe(device, own(ROBOT_17, topic)))
        .isInstanceOf(Mqtt5SubAckException.class);
    device.disconnect();
  }

  @Test
  void only_presence_may_be_retained() {
    Mqtt5BlockingClient device = connected(ROBOT_17, ROBOT_17 + "-retain");
    device.publish(retained(own(ROBOT_17, "presence")));
    assertThatThrownBy(() -> device.publish(retained(REQUEST_17)))
        .isInstanceOf(Mqtt5PubAckException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0190a000-0000-7000-8000-000000000017",
        "0190a000-0000-7000-8000-000000000017-a",
        "waybill-gateway-a",
        "0190a000-0000-7000-8000-000000000018x",
        "0190a000-0000-7000-8000-000000000018-",
        "0190a000-0000-7000-8000-000000000018-a-b",
        "0190a000-0000-7000-8000-000000000018-abcdefghijklmnopqrstuvwxyz0123456",
        "robot-18"
      })
  void a_client_id_that_is_not_its_own_is_refused(String clientId) {
    assertThatThrownBy(() -> connected(ROBOT_18, clientId))
        .isInstanceOf(Mqtt5ConnAckException.class);
    assertThatThrownBy(() -> connected3(ROBOT_18, clientId))
        .isInstanceOf(Mqtt3ConnAckException.class);
  }

  @Test
  void a_wrong_credential_an_unknown_device_and_nobody_at_all_are_refused() {
    UUID stranger = UUID.randomUUID();
    assertThatThrownBy(() -> client(ROBOT_17, ROBOT_17.toString(), "guess").connect())
        .isInstanceOf(Mqtt5ConnAckException.class);
    assertThatThrownBy(() -> connected(stranger, stranger.toString()))
        .isInstanceOf(Mqtt5ConnAckException.class);
    assertThatThrownBy(() ->
            MqttClient.builder()
                .useMqttVersion5()
                .identifier(ROBOT_17.toString())
                .serverHost("127.0.0.1")
                .serverPort(broker.port())
                .buildBlocking()
                .connect())
        .isInstanceOf(Mqtt5ConnAckException.class);
    assertThatThrownBy(() ->
            gateway("waybill-gateway-c")
                .connectWith()
                .simpleAuth()
                .username("waybill-gateway")
                .password("guess".getBytes(UTF_8))
                .applySimpleAuth()
                .send())
        .isInstanceOf(Mqtt5ConnAckException.class);
  }

  @Test
  void a_packet_of_300_KB_passes_so_that_the_gateway_can_answer_it() throws Exception {
    Mqtt5BlockingClient gateway = connectedGateway("waybill-gateway-d");
    Mqtt5BlockingClient device = connected(ROBOT_17, ROBOT_17 + "-big");
    try (Mqtt5Publishes requests = gateway.publishes(MqttGlobalPublishFilter.ALL)) {
      subscribe(gateway, "device/+/+/upload/request");
      publish(device, REQUEST_17, "x".repeat(300_000));
      assertThat(requests.receive(20, TimeUnit.SECONDS))
          .hasValueSatisfying(big -> assertThat(big.getPayloadAsBytes()).hasSize(300_000));
    } finally {
      device.disconnect();
      gateway.disconnect();
    }
  }

  @Test
  void a_taken_port_is_named_together_with_its_option(@TempDir Path elsewhere) {
    Settings settings = Settings.development(elsewhere, broker.port(), registry());
    assertThatThrownBy(() -> EmbeddedBroker.start(settings))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("port " + broker.port() + " (MQTT) is taken")
        .hasMessageContaining("--mqtt-port");
  }

  @Test
  void it_can_be_stopped_and_started_again(@TempDir Path elsewhere) {
    int port;
    try (EmbeddedBroker first =
        EmbeddedBroker.start(Settings.development(elsewhere, 0, registry()))) {
      port = first.port();
    }
    assertThatThrownBy(() ->
            MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildBlocking()
                .connect())
        .isInstanceOf(ConnectionFailedException.class);
    try (EmbeddedBroker second =
        EmbeddedBroker.start(Settings.development(elsewhere, port, registry()))) {
      assertThat(second.port()).isEqualTo(port);
    }
  }

  private static String own(UUID device, String topic) {
    return "device/" + TENANT + "/" + device + "/" + topic;
  }

  private static String secret(UUID device) {
    return "secret-" + device;
  }

  private static Mqtt5BlockingClient connected(UUID device, String clientId) {
    Mqtt5BlockingClient client = client(device, clientId, secret(device));
    client.connect();
    return client;
  }

  private static Mqtt5BlockingClient client(UUID device, String clientId, String credential) {
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

  private static Mqtt3BlockingClient connected3(UUID device, String clientId) {
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

  private static Mqtt5BlockingClient gateway(String clientId) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(clientId)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .buildBlocking();
  }

  private static Mqtt5BlockingClient connectedGateway(String clientId) {
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

  private static void subscribe(Mqtt5BlockingClient client, String filter) {
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  private static void publish(Mqtt5BlockingClient client, String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(UTF_8))
        .send();
  }

  private static Mqtt5Publish retained(String topic) {
    return Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE).retain(true).build();
  }

  private static String next(Mqtt5Publishes publishes) throws InterruptedException {
    return publishes
        .receive(20, TimeUnit.SECONDS)
        .map(message -> message.getTopic().toString())
        .orElse("nothing came");
  }
}
