package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A worker reads what was stored before anybody may use it, and says what it finds. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class ValidationTest {
  private final Api everything;

  ValidationTest(Site site) {
    this.everything = TwoPartUpload.everything(site);
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @Test
  void bytes_are_summed_before_they_may_be_used_and_other_bytes_are_rejected() throws Exception {
    String project =
        PolicyProject.under(
            everything,
            "strict",
            "\"checksum_mode\": \"SERVER_STRICT_VALIDATE\", \"instant_upload_allowed\": true");
    byte[] bytes = new byte[1_234_567];
    new Random(7).nextBytes(bytes);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

    JsonNode ready = judged(project, upload(project, "right", bytes, sum));
    assertThat(ready.path("status").asString()).isEqualTo("READY");
    assertThat(ready.path("validation_status").asString()).isEqualTo("PASSED");
    assertThat(results(project, ready).at("/0/extracted/checksum_sha256").asString())
        .isEqualTo(sum);
    assertThat(everything.download(project, ready.path("dataset_id").asString())).isEqualTo(bytes);
    assertThat(task(project, "again", bytes.length, sum).at("/objects/0/instant").asBoolean())
        .as("what a worker has summed need not be sent again")
        .isTrue();

    JsonNode rejected = judged(project, upload(project, "wrong", bytes, "5e".repeat(32)));
    assertThat(rejected.path("status").asString()).isEqualTo("REJECTED");
    assertThat(results(project, rejected).at("/0/errors/0").asString()).contains(sum);
  }

  @Test
  void what_is_used_at_once_is_summed_afterwards_and_other_bytes_are_rejected() throws Exception {
    String project =
        PolicyProject.under(everything, "async", "\"checksum_mode\": \"SERVER_ASYNC_VALIDATE\"");
    byte[] bytes = new byte[234_567];
    new Random(8).nextBytes(bytes);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));

    JsonNode right = summed(project, upload(project, "right", bytes, sum));
    assertThat(right.path("status").asString()).isEqualTo("READY");
    assertThat(right.path("validation_status").asString()).isEqualTo("PASSED");
    JsonNode wrong = summed(project, upload(project, "wrong", bytes, "5e".repeat(32)));
    assertThat(wrong.path("status").asString()).isEqualTo("REJECTED");
  }

  private JsonNode summed(String project, String dataset) {
    String path = "/v1/projects/" + project + "/datasets/" + dataset;
    return Awaitility.await("a worker sums it")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> everything.get(path).ok(),
            is -> Set.of("PASSED", "FAILED").contains(is.path("validation_status").asString()));
  }

  private JsonNode task(String project, String name, int size, String sum) {
    return everything
        .post(
            "/v1/projects/" + project + "/upload-tasks",
            """
            {"objects": [{"object_name": "%s.bin", "file_size_bytes": %d, "checksum_sha256": "%s"}],
             "presign": {"first": 1}}
            """
                .formatted(name, size, sum))
        .ok();
  }

  /** The dataset of a completed upload. */
  private String upload(String project, String name, byte[] bytes, String sum) {
    JsonNode object = task(project, name, bytes.length, sum).at("/objects/0");
    everything.put(object.at("/presigned/parts/0/url").asString(), bytes);
    everything.post("/v1/uploads/" + object.path("session_id").asString() + "/complete", "{}").ok();
    return object.path("dataset_id").asString();
  }

  private JsonNode judged(String project, String dataset) {
    String path = "/v1/projects/" + project + "/datasets/" + dataset;
    return Awaitility.await("a worker looks at it")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> everything.get(path).ok(),
            is -> !is.path("status").asString().equals("PROCESSING"));
  }

  private JsonNode results(String project, JsonNode dataset) {
    String id = dataset.path("dataset_id").asString();
    return everything
        .get("/v1/projects/" + project + "/datasets/" + id + "/validation")
        .ok()
        .path("results");
  }
}
