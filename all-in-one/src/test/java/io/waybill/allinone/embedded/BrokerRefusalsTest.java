package io.waybill.allinone.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the broker refuses to a device that means well or ill. */
class BrokerRefusalsTest extends OnEmbeddedBroker {
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
}
