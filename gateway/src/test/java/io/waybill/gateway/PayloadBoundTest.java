package io.waybill.gateway;

import static io.waybill.gateway.Told.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Request;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway takes as much of a device at once as its operator lets it. */
@Timeout(60)
class PayloadBoundTest {

  @Test
  void a_request_larger_than_configured_is_answered_and_not_read(@TempDir Path directory) {
    Plant plant = new Plant();
    try (TestBroker broker = TestBroker.embedded(directory);
        Gateway gateway = plant.gateway(broker.port(), "gateway", Bounds.DEFAULT.taking(1024));
        Robot robot = Robot.five(broker, Plant.ROBOT_17)) {
      gateway.ready().join();
      assertThat(error(robot.ask(pause(700))).code()).isEqualTo("upload_session.not_found");
      ErrorBody refused = error(robot.ask(pause(1000)));
      assertThat(refused.code()).isEqualTo("mqtt.request_too_large");
      assertThat(refused.details()).containsEntry("limit_bytes", 1024);
    }
  }

  private static Request pause(int reasonChars) {
    return Request.of(
        "r-" + reasonChars,
        null,
        new Command.PauseUpload(UUID.randomUUID(), "r".repeat(reasonChars), null));
  }
}
