package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The same file thrice: once it is known for sure what the first holds, the others are copied by
 * the store, whichever road they come. The embedded store lists no sums of parts, so that here
 * somebody else must have summed the first.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class InstantUploadTest {
  private final Site site;
  private final Api everything;

  InstantUploadTest(Site site) {
    this.site = site;
    this.everything = TwoPartUpload.everything(site);
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @Test
  void what_the_project_has_already_is_sent_by_nobody(@TempDir Path folder) throws IOException {
    String project = PolicyProject.under(everything, "instant", "\"instant_upload_allowed\": true");
    byte[] bytes = new byte[1_234_567];
    new Random(4).nextBytes(bytes);

    assertThat(upload(folder, project, "first.mcap", bytes, "http")).isEqualTo("COMPLETED");
    assertThat(upload(folder, project, "claimed.mcap", bytes, "http"))
        .as("its client's word is not enough")
        .isEqualTo("COMPLETED");
    sumUp(site, project, "first.mcap");
    assertThat(upload(folder, project, "again.mcap", bytes, "mqtt"))
        .isEqualTo("SKIPPED_INSTANT_UPLOAD");
    assertThat(upload(folder, project, "once more.mcap", bytes, "http"))
        .isEqualTo("SKIPPED_INSTANT_UPLOAD");

    List<JsonNode> datasets =
        list(everything.get("/v1/projects/" + project + "/datasets").ok().path("datasets"));
    assertThat(datasets).extracting(d -> d.path("status").asString()).containsOnly("READY");
    assertThat(datasets).extracting(d -> d.path("object_key").asString()).doesNotHaveDuplicates();
    for (JsonNode dataset : datasets) {
      String id = dataset.path("dataset_id").asString();
      assertThat(everything.download(project, id)).isEqualTo(bytes);
    }
  }

  /** As a worker does that has read the dataset of this name. */
  static void sumUp(Site site, String project, String name) {
    String sum =
        """
        insert into verified_checksums
          (dataset_id, tenant_id, project_id, sha256, size_bytes, etag, version_id, verified_at)
        select id, tenant_id, project_id, checksum_sha256, object_size_bytes, object_etag, object_version_id, now()
        from datasets where project_id = ?::uuid and name = ?
        """;
    assertThat(site.database().change(sum, project, name)).isEqualTo(1);
  }

  /** What became of its object. */
  private String upload(Path folder, String project, String name, byte[] bytes, String road)
      throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    Program agent =
        site.agent(
            folder.resolve("state of " + name),
            Map.of("WAYBILL_AGENT_TRANSPORT", road),
            "upload",
            file.toString(),
            "--project",
            project,
            "--checksum",
            "--wait");
    assertThat(agent.exitCode()).as(agent.output()).isZero();
    String tasks = "/v1/projects/" + project + "/upload-tasks";
    String newest = everything.get(tasks).ok().at("/upload_tasks/0/task_id").asString();
    JsonNode object = everything.get(tasks + "/" + newest).ok().at("/objects/0");
    assertThat(object.path("object_name").asString()).isEqualTo(name);
    boolean isSkipped = object.path("status").asString().equals("SKIPPED_INSTANT_UPLOAD");
    assertThat(object.path("instant").asBoolean()).isEqualTo(isSkipped);
    return object.path("status").asString();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
