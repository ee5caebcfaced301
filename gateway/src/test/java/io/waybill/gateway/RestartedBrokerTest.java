package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.testkit.FreePort;
import io.waybill.wire.Command;
import io.waybill.wire.Envelope;
import io.waybill.wire.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mosquitto that keeps its sessions on disk, as in production, and is restarted. */
@Timeout(120)
class RestartedBrokerTest {
  @TempDir Path directory;
  private final int port = FreePort.any();
  private TestBroker.Mosquitto broker;

  @BeforeEach
  void open() {
    assumeTrue(Files.isExecutable(TestBroker.MOSQUITTO), "Mosquitto is not installed");
    broker = start();
  }

  @AfterEach
  void close() {
    if (broker != null) {
      broker.close();
    }
  }

  /** It has the gateway's session again, without its shared subscriptions. */
  @Test
  void a_gateway_hears_on_when_its_session_has_outlived_the_broker() {
    try (Gateway gateway = new Plant().gateway(port, "gateway-1", QuickGateways.QUICK)) {
      gateway.ready().join();
      isHeard();
      broker.stop();
      assertThat(directory.resolve("mosquitto.db")).isNotEmptyFile();

      broker = start();

      isHeard();
    }
  }

  private TestBroker.Mosquitto start() {
    return TestBroker.mosquitto(
        directory,
        port,
        """
        allow_anonymous true
        persistence true
        persistence_location %s/
        user %s\
        """
            .formatted(directory, System.getProperty("user.name")));
  }

  /** As devices do, it asks until it is answered: the gateway comes again later than the broker. */
  private void isHeard() {
    byte[] request = Envelope.encode(Request.of("asked", null, new Command.Describe()));
    try (Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> {
            robot.say(request);
            return !robot.hasHeardNothing();
          });
    }
  }
}
