package io.waybill.agent.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.testing.TestBroker;
import io.waybill.testkit.FreePort;
import io.waybill.wire.Topics.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands come over a broker to whoever stays, and what became of them goes back. */
@Timeout(120)
class CommandTopicsTest {
  @TempDir private Path directory;
  private final int port = FreePort.any();
  private final MqttSettings settings = AnyDevice.at(port, Duration.ofSeconds(20));

  private String topic(Kind kind) {
    return settings.topics().of(settings.owner(), kind);
  }

  @Test
  void what_is_asked_comes_and_what_is_said_goes() throws InterruptedException {
    CommandRoad road = new CommandRoad();
    assertThat(road.say("{}".getBytes(UTF_8))).as("there is no line yet").isFalse();
    try (TestBroker broker = new TestBroker(directory, port)) {
      Mqtt5BlockingClient platform =
          MqttClient.builder()
              .useMqttVersion5()
              .serverHost("127.0.0.1")
              .serverPort(broker.port())
              .buildBlocking();
      platform.connect();
      MqttControlPlane staying;
      try (Mqtt5Publishes heard = platform.publishes(MqttGlobalPublishFilter.ALL)) {
        subscribe(platform, Kind.PRESENCE);
        subscribe(platform, Kind.COMMAND_RESULT);
        staying = MqttControlPlane.staying(settings, road);
        next(heard); // whoever is born listens
        platform
            .publishWith()
            .topic(topic(Kind.COMMAND))
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload("asked".getBytes(UTF_8))
            .send();
        assertThat(road.next(Duration.ofMinutes(1))).isEqualTo("asked".getBytes(UTF_8));
        assertThat(road.say("said".getBytes(UTF_8))).isTrue();
        assertThat(next(heard).getPayloadAsBytes()).isEqualTo("said".getBytes(UTF_8));
      }
      staying.close();
      platform.disconnect();
    }
    assertThat(road.say("{}".getBytes(UTF_8))).as("the line is gone").isFalse();
  }

  private void subscribe(Mqtt5BlockingClient platform, Kind kind) {
    platform.subscribeWith().topicFilter(topic(kind)).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  private static Mqtt5Publish next(Mqtt5Publishes heard) throws InterruptedException {
    return heard.receive(1, TimeUnit.MINUTES).orElseThrow();
  }
}
