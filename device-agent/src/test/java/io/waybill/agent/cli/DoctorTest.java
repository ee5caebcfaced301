package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeGateway;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.RefusingBroker;
import io.waybill.agent.testing.ServerCertificate;
import io.waybill.agent.testing.TestBroker;
import io.waybill.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorTest extends DownloadStage {

  private static final String KEY = "b".repeat(42) + "Y"; // 32 bytes, and no bit more

  @TempDir static Path brokerDirectory;
  private static TestBroker broker;

  private final Map<String, String> more = new HashMap<>();
  private String storage = library.url().toString();

  @BeforeAll
  static void startBroker() {
    broker = new TestBroker(brokerDirectory, FreePort.any());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void allIsWell() throws IOException {
    Files.createDirectory(directory.resolve("data"));
    described(Duration.ZERO, PROJECT);
    library.answer("/v1/receipts/keys", Map.of("keys", List.of(Map.of("x", KEY))));
    more.put("WAYBILL_MQTT_PORT", "" + broker.port());
    more.put("WAYBILL_AGENT_RECEIPT_KEYS", KEY);
    watch("after_upload: delete");
  }

  private void watch(String how) {
    more.put(
        "WAYBILL_AGENT_WATCH",
        "[{directory: " + directory.resolve("data") + (how.isEmpty() ? "" : ", " + how) + "}]");
  }

  private void described(Duration behind, String project) {
    Map<String, Object> device =
        Map.of(
            "device_code", "robot-17",
            "status", "ACTIVE",
            "project_ids", List.of(project));
    library.answer(
        "/v1/describe",
        Map.of(
            "server_time",
            Instant.now().minus(behind).toString(),
            "storage_endpoint",
            storage,
            "limits",
            Map.of(),
            "development_seed",
            true,
            "device",
            device));
  }

  @Override
  Map<String, String> environment() {
    Map<String, String> env = super.environment();
    env.putAll(more);
    return env;
  }

  /** The levels of one check, in order. */
  private List<String> levels(String check) {
    return json()
        .get("checks")
        .valueStream()
        .filter(each -> each.get("check").stringValue().equals(check))
        .map(each -> each.get("level").stringValue())
        .toList();
  }

  private int doctor() {
    return agent("doctor", "--json");
  }

  @Test
  void where_all_is_well_every_check_says_so() {
    try (FakeGateway gateway = new FakeGateway(new FakeServer(new LoopbackStore(), 1), broker)) {
      assertThat(doctor()).as(this::said).isZero();

      for (JsonNode check : json().get("checks")) {
        assertThat(check.get("level").stringValue()).as(check.toString()).isEqualTo("ok");
      }
      for (String check :
          List.of(
              "configuration",
              "state_dir",
              "directories",
              "ca",
              "broker",
              "topics",
              "api",
              "clock",
              "device",
              "storage",
              "receipts")) {
        assertThat(levels(check)).as(check + said()).isNotEmpty();
      }
      assertThat(directory.resolve("state")).doesNotExist();
      assertThat(agent("doctor")).isZero();
      assertThat(printed()).contains("ok    broker        mqtt://127.0.0.1:" + gateway.port());
    }
  }

  @Test
  void a_broker_that_nobody_listens_behind_is_about_topics() {
    assertThat(doctor()).isEqualTo(4);
    assertThat(levels("broker")).containsExactly("ok");
    assertThat(levels("topics")).containsExactly("fail");
    assertThat(said()).contains("gateway");
  }

  @Test
  void a_broker_that_lets_us_listen_to_nothing_is_about_topics() throws Exception {
    try (RefusingBroker refusing = new RefusingBroker()) {
      more.put("WAYBILL_MQTT_PORT", "" + refusing.port());

      assertThat(doctor()).as(this::said).isEqualTo(4);
      assertThat(levels("topics")).containsExactly("fail");
      assertThat(levels("broker")).containsExactly("ok");
    }
  }

  @Test
  void nobody_there_is_exit_3_and_each_says_what_to_do() {
    more.put("WAYBILL_MQTT_PORT", "" + FreePort.any());
    library.close();

    assertThat(agent("doctor")).isEqualTo(3);
    assertThat(printed()).contains("fail  broker", "fail  api", "warn  storage", "to do:");
  }

  @Test
  void a_wrong_setting_is_all_there_is_to_say() {
    more.put("WAYBILL_MQTT_PORT", "many");

    assertThat(doctor()).isEqualTo(2);
    assertThat(json().get("checks")).hasSize(1);
    assertThat(levels("configuration")).containsExactly("fail");
  }

  @Test
  void a_clock_that_is_wrong_is_a_warning_and_a_project_that_is_not_ours_a_failure() {
    httpAlone();
    described(Duration.ofHours(2), PROJECT);
    assertThat(doctor()).as(this::said).isZero();
    assertThat(levels("clock")).containsExactly("warn");
    assertThat(said()).contains("ahead of");

    described(Duration.ofHours(-2), "another");
    assertThat(doctor()).isEqualTo(4);
    assertThat(said()).contains("behind");
    assertThat(levels("device")).containsExactly("fail");
  }

  private void httpAlone() {
    more.remove("WAYBILL_MQTT_PORT");
    more.put("WAYBILL_AGENT_TRANSPORT", "http");
  }

  @Test
  void a_store_whose_certificate_nobody_vouches_for_is_about_the_ca() throws Exception {
    httpAlone();
    try (LoopbackStore store = new LoopbackStore(ServerCertificate.untrustedSocket(directory))) {
      storage = store.urlTemplate("x").replaceAll("^http(://[^/]+)/.*", "https$1");
      described(Duration.ZERO, PROJECT);

      assertThat(doctor()).as(this::said).isEqualTo(2);
      assertThat(levels("storage")).containsExactly("fail");
      assertThat(said()).contains("ca_file");
    }
  }

  @Test
  void directories_that_are_not_there_fail_and_nothing_is_made() {
    httpAlone();
    more.put("WAYBILL_AGENT_ROOTS", "[" + directory.resolve("nowhere") + "]");

    assertThat(doctor()).isEqualTo(2);
    assertThat(levels("directories")).containsExactly("fail", "ok");
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void why_after_upload_would_keep_is_said() {
    httpAlone();
    more.remove("WAYBILL_AGENT_RECEIPT_KEYS");
    assertThat(doctor()).isZero();
    assertThat(levels("receipts")).containsExactly("warn");
    assertThat(said()).contains("what is uploaded is kept");

    more.put("WAYBILL_AGENT_RECEIPT_KEYS", "a".repeat(43));
    assertThat(doctor()).isEqualTo(2);
    assertThat(levels("receipts")).containsExactly("fail");

    watch("");
    more.remove("WAYBILL_AGENT_RECEIPT_KEYS");
    assertThat(doctor()).isZero();
    assertThat(levels("receipts")).containsExactly("ok");

    more.put("WAYBILL_AGENT_RECEIPT_KEYS", "short");
    assertThat(doctor()).isEqualTo(2);
    assertThat(levels("configuration")).containsExactly("fail");
  }
}
