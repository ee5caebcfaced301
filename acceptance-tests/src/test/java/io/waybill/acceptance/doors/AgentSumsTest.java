package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The agent uploads where the store checks the sum of every part. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class AgentSumsTest {
  private final Site site;
  private final Api everything;

  AgentSumsTest(Site site) {
    this.site = site;
    this.everything = TwoPartUpload.everything(site);
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @ParameterizedTest
  @CsvSource({"CRC32C, mqtt", "CRC64NVME, mqtt", "SHA256, http"})
  void every_part_goes_with_its_sum_and_the_file_is_stored(
      String sum, String road, @TempDir Path folder) throws IOException {
    String project = projectThatChecks(sum);
    Path file = folder.resolve("front.mcap");
    byte[] bytes = new byte[TwoPartUpload.PART_BYTES * 2 + 4711];
    new Random(17).nextBytes(bytes);
    Files.write(file, bytes);

    Program agent =
        site.agent(
            folder.resolve("state"),
            Map.of("WAYBILL_AGENT_TRANSPORT", road),
            "upload",
            file.toString(),
            "--project",
            project,
            "--part-size",
            "5M",
            "--wait");

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    JsonNode dataset =
        everything.get("/v1/projects/" + project + "/datasets").ok().at("/datasets/0");
    assertThat(everything.download(project, dataset.path("dataset_id").asString()))
        .isEqualTo(bytes);
    JsonNode task =
        everything.get("/v1/projects/" + project + "/upload-tasks").ok().at("/upload_tasks/0");
    String session =
        everything
            .get(
                "/v1/projects/%s/upload-tasks/%s"
                    .formatted(project, task.path("task_id").asString()))
            .ok()
            .at("/objects/0/session_id")
            .asString();
    assertThat(everything.get("/v1/uploads/" + session).ok().path("checksum_algorithm").asString())
        .isEqualTo(sum);
  }

  private String projectThatChecks(String sum) {
    return PolicyProject.under(
        everything,
        "sums-" + sum.toLowerCase(Locale.ROOT),
        "\"checksum_mode\": \"STORAGE_NATIVE_%s\"".formatted(sum));
  }
}
