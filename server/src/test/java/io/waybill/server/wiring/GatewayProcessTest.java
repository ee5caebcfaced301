package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.server.config.Configuration;
import java.io.IOException;
import java.net.ServerSocket;
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

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "" + socket.getLocalPort();
    }
  }

  @Test
  void a_second_gateway_on_one_machine_does_not_take_the_session_of_the_first() throws IOException {
    String one = freePort();
    Map<String, String> second = new HashMap<>(Map.of("WAYBILL_GATEWAY_HTTP_PORT", freePort()));

    assertThat(clientId(second)).startsWith("waybill-gateway-").doesNotEndWith("-" + one);
    assertThat(clientId(second)).as("after a restart").isEqualTo(clientId(second));
    assertThat(clientId(second)).isNotEqualTo(clientId(Map.of("WAYBILL_GATEWAY_HTTP_PORT", one)));
    second.put("WAYBILL_MQTT_CLIENT_ID", "waybill-gateway-line3");
    assertThat(clientId(second)).isEqualTo("waybill-gateway-line3");
  }
}
