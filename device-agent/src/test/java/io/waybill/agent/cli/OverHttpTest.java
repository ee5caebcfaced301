package io.waybill.agent.cli;

import io.waybill.agent.testing.FakeApi;
import io.waybill.testkit.FreePort;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class OverHttpTest extends CommandLineContract {

  private FakeApi api;
  private FakeApi secondApi;

  @BeforeEach
  void start() {
    api = new FakeApi(server);
    secondApi = new FakeApi(server);
  }

  @AfterEach
  void stop() {
    api.close();
    secondApi.close();
  }

  @Override
  Map<String, String> road() {
    return http(api.url().toString());
  }

  @Override
  Map<String, String> otherRoad() {
    return http(secondApi.url().toString());
  }

  @Override
  Map<String, String> nowhere() {
    return http("http://127.0.0.1:" + FreePort.any());
  }

  private static Map<String, String> http(String url) {
    return Map.of("WAYBILL_AGENT_TRANSPORT", "http", "WAYBILL_API_URL", url);
  }
}
