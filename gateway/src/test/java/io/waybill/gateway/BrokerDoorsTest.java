package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.gateway.GatewaySettings.Broker;
import io.waybill.testkit.FreePort;
import io.waybill.wire.Command;
import io.waybill.wire.Reply;
import io.waybill.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway makes of brokers that are less strict than the embedded one. */
@Timeout(120)
class BrokerDoorsTest {

  private final Plant plant = new Plant();
  private int port;

  @TempDir Path directory;

  @BeforeEach
  void needsMosquitto() {
    assumeTrue(Files.isExecutable(TestBroker.MOSQUITTO), "Mosquitto is not installed");
    port = FreePort.any();
  }

  private Gateway gateway(@Nullable String shareGroup, boolean refusesAnonymous) {
    return Gateway.start(
        new GatewaySettings(
            new Broker("127.0.0.1", port, false, null, null, "gateway", refusesAnonymous),
            new Topics(Topics.DEFAULT_PREFIX),
            shareGroup,
            Bounds.DEFAULT,
            "127.0.0.1",
            0),
        plant.useCases,
        new Gateway.Windows(plant.metrics, plant.metrics::scrape, List.of()));
  }

  @Test
  void in_production_a_broker_that_comes_late_is_tried_before_it_is_used() {
    try (Gateway gateway = gateway("test", true);
        TestBroker broker = TestBroker.mosquitto(directory, port, "allow_anonymous true")) {
      assertThat(gateway.ended().orTimeout(60, TimeUnit.SECONDS).join())
          .contains("accepts anonymous clients");
      assertThat(broker.port()).isEqualTo(port);
      assertThat(gateway.ready()).isNotDone();
    }
  }

  @Test
  void a_request_that_was_retained_is_not_served_again_by_every_start() {
    try (TestBroker broker = TestBroker.mosquitto(directory, port, "allow_anonymous true");
        Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      retain(robot.topic(Topics.Kind.REQUEST), Requests.describe("retained"));

      try (Gateway gateway = gateway(null, false)) {
        gateway.ready().join();
        assertThat(((Reply.Ok) robot.ask(new Command.Describe())).requestId())
            .isNotEqualTo("retained");
        assertThat(robot.hasHeardNothing()).isTrue();
      }
    }
  }

  private void retain(String topic, byte[] payload) {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    client.connect();
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .payload(payload)
        .send();
    client.disconnect();
  }
}
