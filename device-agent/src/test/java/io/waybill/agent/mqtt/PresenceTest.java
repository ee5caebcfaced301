package io.waybill.agent.mqtt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.local.Program;
import io.waybill.agent.testing.FakeGateway;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.TestBroker;
import io.waybill.testkit.FreePort;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.NoticeReader;
import io.waybill.wire.Topics.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who stays is seen, at once and whatever happens to its connection; who visits is not. */
@Timeout(120)
class PresenceTest {
  @TempDir private Path directory;
  private final int port = FreePort.any();
  private final MqttSettings settings = AnyDevice.at(port, Duration.ofSeconds(20));
  private final String topic = settings.topics().of(settings.owner(), Kind.PRESENCE);

  @Test
  void it_is_there_before_anything_is_asked_and_says_when_it_goes() throws InterruptedException {
    try (TestBroker broker = new TestBroker(directory, port);
        Witness witness = new Witness()) {
      MqttControlPlane staying = MqttControlPlane.staying(settings, new CommandRoad());
      DeviceNotice.Presence born = witness.hear();
      assertThat(born.online()).isTrue();
      assertThat(born.agentVersion()).isEqualTo(Program.VERSION);

      staying.close();
      assertThat(witness.hear())
          .isEqualTo(new DeviceNotice.Presence(false, born.connectionId(), null));
      try (Witness late = new Witness()) {
        assertThat(late.hear().online()).as("the broker %s keeps it", broker.port()).isFalse();
      }
    }
  }

  @Test
  void each_connection_is_another_one() throws InterruptedException {
    MqttControlPlane staying = MqttControlPlane.staying(settings, new CommandRoad());
    String first = connectionOnBroker("first");
    assertThat(connectionOnBroker("second")).isNotEqualTo(first);
    staying.close();
  }

  private String connectionOnBroker(String name) throws InterruptedException {
    try (TestBroker broker = new TestBroker(directory.resolve(name), port);
        Witness witness = new Witness()) {
      DeviceNotice.Presence born = witness.hear();
      assertThat(born.online()).as("on the broker %s", broker.port()).isTrue();
      return born.connectionId();
    }
  }

  @Test
  void a_refusal_is_not_the_end() throws Exception {
    MqttControlPlane staying;
    try (ServerSocket broker = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      staying = MqttControlPlane.staying(settings, new CommandRoad());
      try (Socket socket = broker.accept()) {
        assertThat(socket.getInputStream().read()).isEqualTo(0x10); // CONNECT
        socket.getOutputStream().write(new byte[] {0x20, 3, 0, (byte) 0x86, 0}); // bad credential
        assertThat(socket.getInputStream().readAllBytes()).as("the rest, and the end").isNotEmpty();
      }
    }
    assertThat(connectionOnBroker("later")).isNotEmpty();
    staying.close();
  }

  /** What one CONNECT carried, another one does not. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void who_it_is_it_says_with_every_connection(boolean stays) throws Exception {
    try (ServerSocket broker = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
      MqttControlPlane plane =
          stays
              ? MqttControlPlane.staying(settings, new CommandRoad())
              : new MqttControlPlane(settings);
      Thread asks =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  var _ = plane.ask(Question.describe(UUID.randomUUID()));
                } catch (InterruptedException | UnreachableException e) {
                  // nobody answers here
                }
              });
      for (int connection = 1; connection <= 3; connection++) {
        try (Socket socket = broker.accept()) {
          byte[] connect = new byte[1024];
          int length = socket.getInputStream().read(connect);
          assertThat(new String(connect, 0, length, ISO_8859_1))
              .as("connection %d", connection)
              .contains(settings.owner().deviceId() + "\0\ncredential");
          socket.getOutputStream().write(new byte[] {0x20, 3, 0, 0, 0}); // welcome
        }
      }
      asks.interrupt();
      plane.close();
    }
  }

  @Test
  void nobody_is_told_of_a_visit() throws Exception {
    try (TestBroker broker = new TestBroker(directory, port);
        LoopbackStore store = new LoopbackStore();
        FakeGateway gateway = new FakeGateway(new FakeServer(store, 1000), broker);
        Witness witness = new Witness()) {
      try (MqttControlPlane visit = new MqttControlPlane(settings)) {
        var _ = visit.ask(Question.describe(UUID.randomUUID()));
      }
      assertThat(gateway.requestIds()).isNotEmpty();
      witness.say(new DeviceNotice.Presence(true, "the next that is heard", null));
      assertThat(witness.hear().connectionId()).isEqualTo("the next that is heard");
    }
  }

  /** Who hears what the broker is told of the device. */
  private final class Witness implements AutoCloseable {
    private final Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("witness-" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    private final Mqtt5Publishes heard;

    Witness() {
      client.connect();
      heard = client.publishes(MqttGlobalPublishFilter.ALL);
      client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    DeviceNotice.Presence hear() throws InterruptedException {
      Mqtt5Publish publish = heard.receive(60, TimeUnit.SECONDS).orElseThrow();
      return (DeviceNotice.Presence) NoticeReader.presence(publish.getPayloadAsBytes(), 1024);
    }

    void say(DeviceNotice.Presence notice) {
      client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(notice.encode()).send();
    }

    @Override
    public void close() {
      heard.close();
      client.disconnect();
    }
  }
}
