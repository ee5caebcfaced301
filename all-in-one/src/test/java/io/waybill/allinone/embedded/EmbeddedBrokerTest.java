package io.waybill.allinone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import io.waybill.allinone.embedded.EmbeddedBroker.Settings;
import io.waybill.server.config.StartupFailure;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roads that the broker opens, and its own start and end. */
class EmbeddedBrokerTest extends OnEmbeddedBroker {
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
}
