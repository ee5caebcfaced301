package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.agent.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder goes once: what is stored is known by this machine, and by another one of the server.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class AgentFoldersTest {
  private final Site site;
  private final Api everything;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Path folder = Path.of("");

  AgentFoldersTest(Site site) {
    this.site = site;
    this.everything = TwoPartUpload.everything(site);
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @Test
  void a_folder_is_sent_once_and_what_is_new_in_it_later(@TempDir Path temporary)
      throws IOException {
    folder = temporary;
    Path whole = folder.resolve("folder-run");
    Path run = Files.createDirectories(whole.resolve("cameras"));
    file(run.resolve("front folder.bin"), 1);
    file(whole.resolve("lidar folder.bin"), 2);
    String root = whole.toString();

    JsonNode first = agent("one", "upload", "-r", root, "--json");
    assertThat(first.at("/uploads/0/files")).hasSize(2);
    assertThat(first.at("/uploads/0/task_name").asString()).isEqualTo("folder-run");
    String front = first.at("/uploads/0/files/0/dataset_id").asString();
    assertThat(everything.download(TwoPartUpload.PROJECT, front))
        .isEqualTo(Files.readAllBytes(run.resolve("front folder.bin")));

    assertThat(agent("one", "upload", "-r", root, "--json").path("skipped")).hasSize(2);
    file(run.resolve("later folder.bin"), 3);
    JsonNode planned = agent("another", "upload", "-r", root, "--json", "--dry-run");
    assertThat(planned.path("would_upload")).hasSize(1);
    assertThat(planned.at("/skipped/0/reason").asString()).endsWith(front);
    JsonNode later = agent("another", "upload", "-r", root, "--json");
    assertThat(later.at("/uploads/0/files")).hasSize(1);
    assertThat(later.path("skipped")).hasSize(2);

    run("one", "forget", "--finished");
    assertThat(agent("one", "status", "--local", "--json").path("uploads")).isEmpty();
  }

  private static void file(Path file, int seed) throws IOException {
    byte[] bytes = new byte[5000 + seed];
    new Random(seed + 9000).nextBytes(bytes);
    Files.write(file, bytes);
  }

  private JsonNode agent(String state, String... arguments) {
    run(state, arguments);
    return JsonMapper.shared().readTree(out.toByteArray());
  }

  private void run(String state, String... arguments) {
    out.reset();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream print = new PrintStream(out, true, UTF_8);
        PrintStream beside = new PrintStream(err, true, UTF_8)) {
      Map<String, String> environment = site.agentEnvironment(folder.resolve(state), Map.of());
      assertThat(Main.run(arguments, print, beside, environment, step -> {}))
          .as(out.toString(UTF_8) + err.toString(UTF_8))
          .isZero();
    }
  }
}
