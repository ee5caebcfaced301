package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeGateway;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.RefusingBroker;
import io.waybill.agent.testing.TestBroker;
import io.waybill.testkit.FreePort;
import io.waybill.wire.Provisioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionTest extends DownloadStage {

  private static final String KEY = "b".repeat(42) + "Y"; // 32 bytes, and no bit more
  private static final UUID DEVICE = UUID.fromString("0190a000-0000-7000-8000-000000000017");

  @TempDir static Path brokerDirectory;
  private static TestBroker broker;

  private final LoopbackStore store = new LoopbackStore();
  private FakeGateway gateway;
  private Path config = Path.of("");

  @BeforeAll
  static void startBroker() {
    broker = new TestBroker(brokerDirectory, FreePort.any());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void aServer() {
    gateway = new FakeGateway(new FakeServer(store, 64_000), broker);
    config = directory.resolve("etc/agent.yaml");
    library.answer("/v1/receipts/keys", Map.of("keys", List.of(Map.of("x", KEY))));
    library.answer(
        "/v1/describe",
        Map.of(
            "server_time", Instant.now().toString(),
            "storage_endpoint", library.url().toString(),
            "limits", Map.of(),
            "development_seed", true,
            "device",
                Map.of(
                    "device_code",
                    "robot-17",
                    "status",
                    "ACTIVE",
                    "project_ids",
                    List.of(PROJECT))));
  }

  @AfterEach
  void end() {
    gateway.close();
    store.close();
  }

  @Override
  Map<String, String> environment() {
    Map<String, String> env = super.environment();
    env.remove("WAYBILL_API_URL");
    env.remove("WAYBILL_API_KEY");
    env.put("WAYBILL_AGENT_CONFIG", config.toString());
    env.put("WAYBILL_AGENT_PATIENCE_SECONDS", "3");
    return env;
  }

  private Provisioning told(int port, String credential, @Nullable String caPem) {
    return new Provisioning(
        UUID.fromString("0190a000-0000-7000-8000-000000000001"),
        UUID.fromString(PROJECT),
        DEVICE,
        "robot-17",
        credential,
        new Provisioning.Broker("127.0.0.1", port, false, null),
        library.url().toString(),
        new Provisioning.Receipt(List.of(KEY), "waybill"),
        caPem,
        List.of());
  }

  private int provision(Provisioning told, String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("provision", told.line()));
    args.addAll(List.of(more));
    return agent(args.toArray(String[]::new));
  }

  @Test
  void a_line_becomes_a_configuration_that_works() throws IOException {
    int exit = provision(told(broker.port(), "wbd_new", null), "--root", directory.toString());

    assertThat(exit).as(said()).isZero();
    assertThat(said())
        .contains("ok    broker", "ok    topics", "ok    receipts", "wrote " + config);
    Path credential = directory.resolve("state/credential");
    assertThat(credential).hasContent("wbd_new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credential)))
        .isEqualTo("rw-------");
    assertThat(config).content().contains("port: " + broker.port()).doesNotContain("wbd_new");
    assertThat(files(directory.resolve("etc"))).containsExactly("agent.yaml");
    assertThat(agent("doctor")).as(said()).isZero();
    assertThat(said()).contains(config + ", and", directory + " can be read");

    Path file = Files.write(directory.resolve("run.mcap"), bytes(100));
    assertThat(agent("upload", file.toString())).as(said()).isZero();
  }

  @Test
  void again_it_keeps_the_queue_and_what_people_wrote() throws IOException {
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        """
        # ours
        tenant: 0190a000-0000-7000-8000-0000000000ff
        broker:
          host: old.example
        api: {url: "http://old.example", key: wb_mine}
        watch: # the recordings
          - directory: %s
            priority: 7
        limits:
          open_uploads: 2
        """
            .formatted(directory));
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    Path queued =
        Files.writeString(
            Files.createDirectories(directory.resolve("state/uploads")).resolve("x.lock"), "");

    Path next = Files.writeString(directory.resolve("state/credential.next"), "wbd_ended");
    for (int times = 1; times <= 2; times++) {
      assertThat(provision(told(broker.port(), "wbd_" + times, null))).as(said()).isZero();
    }

    assertThat(queued).exists();
    assertThat(next).doesNotExist();
    assertThat(directory.resolve("state/credential")).hasContent("wbd_2");
    String text = Files.readString(config);
    assertThat(text)
        .contains("# ours", "watch: # the recordings", "priority: 7", "open_uploads: 2", "wb_mine")
        .doesNotContain("old.example")
        .containsOnlyOnce("tenant:")
        .containsOnlyOnce("# Yours from here on.");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_line_that_is_refused_changes_nothing() throws Exception {
    assertThat(provision(told(broker.port(), "wbd_good", null))).isZero();
    String before = Files.readString(config);
    try (RefusingBroker refusing = new RefusingBroker()) {
      assertThat(provision(told(refusing.port(), "wbd_stale", null))).as(said()).isEqualTo(4);

      assertThat(said()).contains("nothing was written");
      assertThat(config).hasContent(before);
      assertThat(directory.resolve("state/credential")).hasContent("wbd_good");
      assertThat(provision(told(refusing.port(), "wbd_stale", null), "--force")).isEqualTo(4);
      assertThat(directory.resolve("state/credential")).hasContent("wbd_stale");
    }
  }

  @Test
  void for_an_image_it_comes_from_a_file_and_asks_nobody() throws IOException {
    Path line =
        Files.writeString(
            directory.resolve("line"), told(FreePort.any(), "wbd_image", null).line() + "\n");

    assertThat(agent("provision", "--from-file", line.toString(), "--no-doctor"))
        .as(said())
        .isZero();

    assertThat(config).exists();
    assertThat(library.asked()).isEmpty();
  }

  @Test
  void nobody_there_is_exit_3_and_it_is_written_all_the_same() {
    library.close();

    assertThat(provision(told(FreePort.any(), "wbd_early", null))).isEqualTo(3);
    assertThat(config).exists();
  }

  @Test
  void a_file_that_is_not_right_stays_as_it_is() throws IOException {
    Files.createDirectories(config.getParent());
    Files.writeString(config, "watch: nonsense: here\n");

    assertThat(provision(told(broker.port(), "wbd_new", null), "--no-doctor")).isEqualTo(2);
    assertThat(config).hasContent("watch: nonsense: here");
    Files.delete(config);
    assertThat(provision(told(broker.port(), "wbd_new", "no pem"))).isEqualTo(2);
    assertThat(provision(told(broker.port(), "wbd_new", "no pem"), "--no-doctor")).isEqualTo(2);
    assertThat(files(directory.resolve("etc"))).isEmpty();
    assertThat(directory.resolve("state/credential")).doesNotExist();
  }

  @Test
  void what_is_no_line_is_exit_2_and_nothing_is_asked() {
    String line = told(broker.port(), "wbd_new", null).line();
    assertThat(agent("provision", line.substring(0, 100))).isEqualTo(2);
    assertThat(said()).contains("its end is missing").doesNotContain("wbd_new");
    assertThat(agent("provision", "--from-file", directory.resolve("no").toString())).isEqualTo(2);
    assertThat(agent("provision")).isEqualTo(2);
    assertThat(library.asked()).isEmpty();
    assertThat(config).doesNotExist();
  }
}
