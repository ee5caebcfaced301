package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the agent has sent is found by ls, and comes back by download. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class AgentDownloadTest {
  private static final Map<String, String> BY_KEY =
      Map.of("WAYBILL_AGENT_TRANSPORT", "http", "WAYBILL_API_KEY", DevelopmentIdentities.API_KEY);
  private static final int RANGE = 8 << 20;
  private static final long SLOWLY = 4_000_000; // a range takes half a second

  private final Site site;
  private final byte[] bytes = new byte[3 * RANGE + 17];
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path folder = Path.of("");

  AgentDownloadTest(Site site) {
    this.site = site;
    new Random(5).nextBytes(bytes);
  }

  @AfterEach
  void hurry() {
    site.store().pace(0);
  }

  @Test
  void killed_in_the_middle_a_download_goes_on_and_the_file_is_the_same(@TempDir Path temporary)
      throws IOException {
    folder = temporary;
    Path file = Files.write(folder.resolve("front.mcap"), bytes);
    agent(
        0, Map.of(), "upload", file.toString(), "--task-name", "to fetch", "--checksum", "--json");
    String task = json().at("/uploads/0/task_id").asString();
    String dataset = json().at("/uploads/0/files/0/dataset_id").asString();

    agent(0, Map.of("WAYBILL_AGENT_TRANSPORT", "http"), "ls");
    assertThat(said()).contains(task + "  COMPLETED", "to fetch");
    agent(0, BY_KEY, "ls", task, "--json");
    assertThat(json().at("/objects/0/dataset_id").asString()).isEqualTo(dataset);
    agent(4, Map.of(), "download", dataset, "-o", folder.resolve("no").toString());
    assertThat(said()).contains("auth.permission_denied");

    List<String> kept = killedInTheMiddle(dataset);
    int before = site.store().ranges().size();
    agent(0, BY_KEY, "download", task, "-o", folder.resolve("back").toString(), "--json");

    assertThat(folder.resolve("back/front.mcap")).hasBinaryContent(bytes);
    assertThat(json().at("/files/0/verified").asBoolean()).isTrue();
    List<String> asked = site.store().ranges();
    assertThat(asked.subList(before, asked.size())).isNotEmpty().doesNotContainAnyElementsOf(kept);
  }

  /** The ranges that a killed download had on disk. */
  private List<String> killedInTheMiddle(String dataset) throws IOException {
    site.store().pace(SLOWLY);
    Path list = folder.resolve("back/.waybill-" + dataset + ".list");
    Program agent =
        site.agent(
            folder.resolve("state"),
            BY_KEY,
            "download",
            dataset,
            "-o",
            folder.resolve("back") + "/",
            "--connections",
            "2");
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.exists(list) && lines(list).size() > 1);
    assertThat(agent.isAlive()).as(agent.output()).isTrue();
    agent.kill();
    site.store().pace(0);
    assertThat(folder.resolve("back/front.mcap")).doesNotExist();
    return lines(list).stream()
        .skip(1)
        .mapToInt(Integer::parseInt)
        .mapToObj(n -> "bytes=" + n * RANGE + "-" + (Math.min(bytes.length, (n + 1) * RANGE) - 1))
        .toList();
  }

  private static List<String> lines(Path list) throws IOException {
    try (Stream<String> lines = Files.lines(list)) {
      return lines.toList();
    }
  }

  private void agent(int exit, Map<String, String> more, String... arguments) {
    out.reset();
    err.reset();
    try (PrintStream print = new PrintStream(out, true, UTF_8);
        PrintStream beside = new PrintStream(err, true, UTF_8)) {
      Map<String, String> environment = site.agentEnvironment(folder.resolve("state"), more);
      assertThat(Main.run(arguments, print, beside, environment, step -> {}))
          .as(said())
          .isEqualTo(exit);
    }
  }

  private String said() {
    return out.toString(UTF_8) + err.toString(UTF_8);
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toByteArray());
  }
}
