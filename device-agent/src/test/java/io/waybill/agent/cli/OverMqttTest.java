package io.waybill.agent.cli;

import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeGateway;
import io.waybill.agent.testing.TestBroker;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class OverMqttTest extends CommandLineContract {

  @TempDir static Path brokerDirectory;
  private static TestBroker broker;
  private FakeGateway gateway;
  private FakeApi api;

  @BeforeAll
  static void startBroker() {
    broker = new TestBroker(brokerDirectory, TestBroker.freePort());
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
    return Map.of("WAYBILL_MQTT_PORT", "" + TestBroker.freePort());
  }
}
