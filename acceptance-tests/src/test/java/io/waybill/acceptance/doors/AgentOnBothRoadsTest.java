package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.agent.Main;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The agent begins over one transport and goes on over the other. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class AgentOnBothRoadsTest {
  private static final long SLOWLY = 10_000_000; // a part of 5 MiB takes the better part of 1 s
  private static final long HELD_UP = 400_000_000; // and now half a minute
  private static final int PARTS = 5;

  private final Site site;
  private final Api everything;
  private Path folder = Path.of("");
  private Path file = Path.of("");

  AgentOnBothRoadsTest(Site site) {
    this.site = site;
    this.everything = TwoPartUpload.everything(site);
  }

  /** As robot-17 by its credential, or by an API key that may do everything. */
  enum Road {
    MQTT,
    HTTP,
    HTTP_BY_KEY;

    Map<String, String> variables() {
      String transport = "WAYBILL_AGENT_TRANSPORT";
      return switch (this) {
        case MQTT -> Map.of(transport, "mqtt");
        case HTTP -> Map.of(transport, "http");
        case HTTP_BY_KEY ->
            Map.of(transport, "http", "WAYBILL_API_KEY", DevelopmentIdentities.API_KEY);
      };
    }

    Road other() {
      return this == MQTT ? HTTP : MQTT;
    }
  }

  @BeforeEach
  void aFile(@TempDir Path directory) throws IOException {
    folder = directory;
    file = directory.resolve("front camera.mcap");
    byte[] bytes = new byte[TwoPartUpload.PART_BYTES * (PARTS - 1) + 1];
    new Random(18).nextBytes(bytes);
    Files.write(file, bytes);
    site.store().pace(SLOWLY);
  }

  @AfterEach
  void hurry() {
    site.store().pace(0);
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @ParameterizedTest
  @EnumSource
  void killed_on_one_road_it_is_resumed_on_the_other(Road road) throws IOException {
    Program agent = uploadOver(road);
    JsonNode upload = caughtInTheMiddle();
    agent.kill();
    List<Integer> before = sentOnceNothingMoves(upload);
    assertThat(said(road.other(), "status", "--json")).contains("\"interrupted\"");

    assertThat(said(road.other(), "resume")).contains("stored");

    assertCameWhole(upload);
    assertThat(sent(upload)).startsWith(before.toArray(Integer[]::new)).doesNotHaveDuplicates();
    assertThat(said(road, "status", "--json")).contains("\"done\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"MQTT", "HTTP"})
  void paused_on_one_road_and_killed_it_is_taken_up_on_the_other(Road road) throws IOException {
    Program agent = uploadOver(road);
    JsonNode upload = caughtInTheMiddle();
    said(road, "pause", "--reason", "the link is needed");
    assertThat(row(upload).path("pause_reason").asString()).isEqualTo("the link is needed");
    assertThat(said(road, "status", "--json")).contains("\"paused\"");
    agent.kill();
    List<Integer> before = sentOnceNothingMoves(upload);
    assertThat(before).hasSizeLessThan(PARTS);

    said(road.other(), "resume-session");
    assertThat(status(upload)).isEqualTo("UPLOADING");
    said(road.other(), "resume");

    assertCameWhole(upload);
    assertThat(sent(upload)).startsWith(before.toArray(Integer[]::new)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(names = {"MQTT", "HTTP"})
  void paused_from_the_other_road_it_goes_on_by_itself_when_the_pause_ends(Road road)
      throws IOException {
    Program agent = uploadOver(road);
    JsonNode upload = caughtInTheMiddle();
    said(road.other(), "pause");
    assertThat(status(upload)).isEqualTo("PAUSED");
    site.store().pace(0);

    said(road.other(), "resume-session");

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    assertCameWhole(upload);
    assertThat(sent(upload)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(names = {"MQTT", "HTTP"})
  void aborted_from_the_other_road_it_ends_for_good(Road road) {
    Program agent = uploadOver(road);
    JsonNode upload = caughtInTheMiddle();

    said(road.other(), "abort", session(upload), "--reason", "wrong file");
    site.store().pace(0);

    assertThat(agent.exitCode()).as(agent.output()).isEqualTo(4);
    assertThat(status(upload)).isEqualTo("ABORTED");
    assertThat(said(road, "status")).contains("aborted");
    assertThat(said(road, "resume")).contains("nothing is unfinished");
  }

  private Program uploadOver(Road road) {
    return agent(
        road, "upload", file.toString(), "--part-size", "5M", "--connections", "1", "--wait");
  }

  private Program agent(Road road, String... arguments) {
    return site.agent(folder.resolve("state"), road.variables(), arguments);
  }

  /** What a command says that must succeed; it runs in this process, so that it starts at once. */
  private String said(Road road, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
      Map<String, String> environment =
          site.agentEnvironment(folder.resolve("state"), road.variables());
      int exit = Main.run(arguments, out, out, environment, step -> {});
      assertThat(exit).as(bytes.toString(UTF_8)).isZero();
    }
    return bytes.toString(UTF_8);
  }

  /** Waits until a part of the running upload is stored, and holds up the others. */
  private JsonNode caughtInTheMiddle() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            manifests()
                .anyMatch(
                    m -> m.path("files").path(0).path("server").isObject() && !sent(m).isEmpty()));
    site.store().pace(HELD_UP);
    return manifests().findFirst().orElseThrow();
  }

  /** What is stored once no part is on its way any more. */
  private List<Integer> sentOnceNothingMoves(JsonNode upload) {
    site.store().pace(0);
    Awaitility.await().until(() -> site.store().underWay() == 0);
    return sent(upload);
  }

  private Stream<JsonNode> manifests() throws IllegalStateException {
    Path uploads = folder.resolve("state/uploads");
    if (!Files.isDirectory(uploads)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(uploads)) {
      return files.filter(f -> f.toString().endsWith(".json")).toList().stream()
          .map(f -> JsonMapper.shared().readTree(f.toFile()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String session(JsonNode upload) {
    return upload.path("files").path(0).path("server").path("session_id").asString();
  }

  private List<Integer> sent(JsonNode upload) {
    return site.store().puts().stream()
        .filter(put -> put.status() == 200 && put.key().contains(session(upload)))
        .map(put -> put.partNumber())
        .toList();
  }

  private JsonNode row(JsonNode upload) {
    return everything.get("/v1/uploads/" + session(upload)).ok();
  }

  private String status(JsonNode upload) {
    return row(upload).path("status").asString();
  }

  private void assertCameWhole(JsonNode upload) throws IOException {
    JsonNode row = row(upload);
    assertThat(row.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(everything.download(TwoPartUpload.PROJECT, row.path("dataset_id").asString()))
        .isEqualTo(Files.readAllBytes(file));
  }
}
