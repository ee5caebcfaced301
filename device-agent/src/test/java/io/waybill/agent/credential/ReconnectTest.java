package io.waybill.agent.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.credential.Credentials.Task;
import io.waybill.agent.mqtt.MqttControlPlane;
import io.waybill.agent.mqtt.MqttSettings;
import io.waybill.wire.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in is who was shown, also when there is another to show meanwhile. */
@Timeout(60)
class ReconnectTest {
  private static final byte[] WELCOME = {0x20, 3, 0, 0, 0};

  @TempDir private Path folder;

  private static MqttSettings settings(int port, Credentials credentials) {
    return new MqttSettings(
        "127.0.0.1",
        port,
        false,
        null,
        new Topics(Topics.DEFAULT_PREFIX),
        new Topics.Owner(UUID.randomUUID(), UUID.randomUUID()),
        credentials,
        Duration.ofSeconds(20),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        null);
  }

  @Test
  void a_connection_that_began_with_the_old_one_is_not_the_new_ones() throws Exception {
    Path path = Files.writeString(folder.resolve("credential"), "old\n");
    Credentials credentials = Credentials.kept(path, "old");
    try (ServerSocket broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        MqttControlPlane plane =
            MqttControlPlane.staying(
                settings(broker.getLocalPort(), credentials), new CommandRoad());
        Socket device = broker.accept()) {
      awaitConnect(device);
      credentials.offer("new", 2);
      plane.reconnect();
      device.getOutputStream().write(WELCOME);

      assertThat(credentials.await(Duration.ofSeconds(30))).isEqualTo(Task.CONNECT);
      assertThat(credentials.get()).isEqualTo("old");
    }
  }

  private static void awaitConnect(Socket device) throws IOException {
    int first = device.getInputStream().read();
    assertThat(first >> 4).as("CONNECT").isEqualTo(1);
  }
}
