package io.waybill.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.StorageSetting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./waybill up} lives on when one of its parts does not, and says so. */
@Timeout(900)
class UpOutlivesTest {
  @TempDir Path folder;

  @Test
  void its_database_was_killed_and_is_started_again() {
    Sample sample = Sample.of(Checkout.RECORDING);
    try (Up up = new Up(folder, Program.Host.OURS)) {
      Program stack = up.startReady();
      assertThat(up.postgres().orElseThrow().destroyForcibly()).isTrue();
      stack.awaitOutput("PostgreSQL had ended without being told to and was started again");

      Program agent = up.agent("upload", sample.file().toString(), "--task-name", "on", "--wait");

      assertThat(agent.exitCode()).as(agent.output()).isZero();
      up.inspector().findsOnce("on", sample);
      assertThat(stack.stop()).as(stack.output()).isIn(0, 143);
    }
  }

  @Test
  void another_gateway_took_its_gateway_s_name_and_all_the_rest_goes_on() {
    Sample sample = Sample.of(Checkout.RECORDING);
    try (Up up = new Up(folder, Program.Host.OURS)) {
      Program stack = up.startReady();
      Program other =
          up.program(
              "gateway",
              Map.of(
                  DatabaseSetting.URL.variable(),
                  up.databaseUrl(),
                  StorageSetting.ENDPOINT.variable(),
                  "http://127.0.0.1:" + up.port("storage"),
                  MqttSetting.PORT.variable(),
                  "" + up.port("mqtt"),
                  MqttSetting.CLIENT_ID.variable(),
                  Up.GATEWAY,
                  GatewaySetting.HTTP_PORT.variable(),
                  "0"));
      stack.awaitOutput("the gateway has ended: ");
      stack.awaitOutput("everything else goes on");
      other.awaitOutput("gateway takes requests");

      Program agent = up.agent("upload", sample.file().toString(), "--task-name", "on", "--wait");

      assertThat(agent.exitCode()).as(agent.output()).isZero();
      up.inspector().findsOnce("on", sample);
      assertThat(other.stop()).as(other.output()).isIn(0, 143);
      assertThat(stack.stop()).as(stack.output()).isIn(0, 143);
    }
  }
}
