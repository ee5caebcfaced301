package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeGateway;
import io.waybill.agent.testing.RefusingBroker;
import io.waybill.agent.testing.TestBroker;
import io.waybill.testkit.FreePort;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverMqttTest extends CommandLineContract {

  @TempDir static Path brokerDirectory;
  private static TestBroker broker;
  private FakeGateway gateway;
  private FakeApi api;

  @BeforeAll
  static void startBroker() {
    broker = new TestBroker(brokerDirectory, FreePort.any());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() {
    gateway = new FakeGateway(server, broker);
    api = new FakeApi(server);
  }

  @AfterEach
  void stop() {
    gateway.close();
    api.close();
  }

  @Override
  Map<String, String> road() {
    return Map.of("WAYBILL_MQTT_PORT", "" + gateway.port());
  }

  @Override
  Map<String, String> otherRoad() {
    return Map.of("WAYBILL_AGENT_TRANSPORT", "http", "WAYBILL_API_URL", api.url().toString());
  }

  @Override
  Map<String, String> nowhere() {
    return Map.of("WAYBILL_MQTT_PORT", "" + FreePort.any());
  }

  @Test
  void a_tenant_that_is_not_ours_is_exit_4_and_named() throws Exception {
    try (RefusingBroker refusing = new RefusingBroker()) {
      Map<String, String> foreign = new HashMap<>();
      foreign.put("WAYBILL_MQTT_PORT", "" + refusing.port());
      foreign.put("WAYBILL_TENANT_ID", "0190a000-0000-7000-8000-0000000000ff");

      assertThat(upload(foreign)).as(this::said).isEqualTo(4);

      assertThat(said()).contains("WAYBILL_TENANT_ID", "nothing is lost");
    }
  }

  @Test
  void a_blocked_broker_is_gone_around_where_the_api_is_configured() {
    Map<String, String> both = new HashMap<>(nowhere());
    both.put("WAYBILL_API_URL", api.url().toString());
    both.put("WAYBILL_AGENT_PATIENCE_SECONDS", "3");

    assertThat(upload(both)).as(this::said).isZero();
  }
}
