package io.waybill.agent.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MqttLinkTest {

  /** Does not hear of it well. */
  private static final class Faulty implements MqttLink.Listener {
    @Override
    public void up() {}

    @Override
    public void down(String reason) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public void forbidden(String reason) {}

    @Override
    public void turnedAway(String reason) {}

    @Override
    public void message(byte[] payload) {}
  }

  @Test
  void whatever_becomes_of_the_telling_there_is_a_next_connection() throws IOException {
    try (ServerSocket broker = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        MqttLink link =
            new MqttLink(
                AnyDevice.at(broker.getLocalPort(), Duration.ofSeconds(1)), new Faulty(), null)) {
      broker.setSoTimeout(50_000);
      link.open();
      for (int connection = 1; connection <= 3; connection++) {
        broker.accept().close();
        assertThat(connection).isPositive();
      }
    }
  }
}
