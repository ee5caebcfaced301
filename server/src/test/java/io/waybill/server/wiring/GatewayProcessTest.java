package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.server.config.Configuration;
import io.waybill.testkit.FreePort;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayProcessTest {
  @TempDir Path folder;

  private String clientId(Map<String, String> environment) {
    return GatewayProcess.settings(Configuration.load(environment, folder)).broker().clientId();
  }

  @Test
  void a_second_gateway_on_one_machine_does_not_take_the_session_of_the_first() {
    String one = "" + FreePort.any();
    Map<String, String> second =
        new HashMap<>(Map.of("WAYBILL_GATEWAY_HTTP_PORT", "" + FreePort.any()));

    assertThat(clientId(second)).startsWith("waybill-gateway-").doesNotEndWith("-" + one);
    assertThat(clientId(second)).as("after a restart").isEqualTo(clientId(second));
    assertThat(clientId(second)).isNotEqualTo(clientId(Map.of("WAYBILL_GATEWAY_HTTP_PORT", one)));
    second.put("WAYBILL_MQTT_CLIENT_ID", "waybill-gateway-line3");
    assertThat(clientId(second)).isEqualTo("waybill-gateway-line3");
  }
}
