package io.waybill.controlapi;

import static io.waybill.controlapi.PolicySituations.POLICIES;
import static io.waybill.controlapi.PolicySituations.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ChecksumAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Uploads of which the store checks a sum of every part. */
class NativeChecksumApiTest {
  private static final String TASKS = "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks";
  private static final String SUM = "QFM8pg==";
  private static final String OTHER_SUM = "yZRlqg==";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);
  private JsonNode object = admin.get(POLICIES).json();

  @BeforeEach
  void open() {
    PolicySituations.find(world, Set.of(Capability.CHECKSUM_CRC32C));
    String checked =
        policy("checked").replace("}", ", \"checksum_mode\": \"STORAGE_NATIVE_CRC32C\"}");
    String by = admin.post(POLICIES, checked).json().get("storage_policy_id").asString();
    String task =
        """
        {"objects": [{"object_name": "a", "file_size_bytes": 9000000, "part_size_bytes": 6000000}],
         "storage_policy_id": "%s", "presign": {"first": 1}}
        """
            .formatted(by);
    object = admin.post(TASKS, task).json().at("/objects/0");
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothing_is_signed_until_the_sums_are_told() {
    assertThat(object.get("status").asString()).isEqualTo("PENDING");
    assertThat(object.get("presigned").isNull()).isTrue();
    assertThat(presign("{\"part_numbers\": [1, 2], \"checksums\": {\"1\": \"%s\"}}").fieldErrors())
        .containsExactly("checksums.2 upload.checksum_required");
    assertThat(
            presign("{\"part_numbers\": [1], \"checksums\": {\"1\": \"QFM8\", \"2\": \"%s\"}}")
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "checksums.1 upload.checksum_invalid", "checksums.2 upload.part_not_asked_for");
  }

  @Test
  void every_answer_about_the_session_names_the_algorithm() {
    String session = "/v1/uploads/" + object.get("session_id").asString();
    JsonNode task = admin.get(TASKS).json().at("/upload_tasks/0");
    String made = TASKS + "/" + task.get("task_id").asString();

    assertThat(object.get("checksum_algorithm").asString()).isEqualTo("CRC32C");
    assertThat(admin.get(session).json().get("checksum_algorithm").asString()).isEqualTo("CRC32C");
    assertThat(admin.get(made).json().at("/objects/0/checksum_algorithm").asString())
        .isEqualTo("CRC32C");
  }

  @Test
  void the_sum_is_a_header_that_every_client_must_send() {
    String one = "{\"part_numbers\": [1], \"checksums\": {\"1\": \"%s\"}%%s}".formatted(SUM);

    JsonNode part = presign(one.formatted("")).json().at("/parts/0");
    assertThat(part.at("/required_headers/x-amz-checksum-crc32c").asString()).isEqualTo(SUM);
    JsonNode compact = presign(one.formatted(", \"encoding\": \"compact\"")).json();
    assertThat(compact.at("/required_header_names/0").asString())
        .isEqualTo("x-amz-checksum-crc32c");
    assertThat(compact.at("/signatures/1").asString()).isNotEmpty();
  }

  @Test
  void a_policy_that_changes_later_changes_no_upload_that_is_under_way() {
    String by = admin.get(POLICIES).json().at("/storage_policies/0/storage_policy_id").asString();
    assertThat(admin.patch(POLICIES + "/" + by, "{\"checksum_mode\": \"NONE\"}").outcome())
        .isEqualTo("200");

    assertThat(presign("{\"part_numbers\": [1]}").fieldErrors())
        .containsExactly("checksums.1 upload.checksum_required");
  }

  @Test
  void a_part_that_an_older_url_has_brought_is_not_the_one_that_was_asked_for_last() {
    String upload = world.objects.openUploads().iterator().next();
    String session = "/v1/uploads/" + object.get("session_id").asString();
    String both = "{\"part_numbers\": [1, 2], \"checksums\": {\"1\": \"%s\", \"2\": \"%s\"}}";
    assertThat(presign(both.formatted(SUM, SUM)).outcome()).isEqualTo("200");
    assertThat(presign(both.formatted(SUM, OTHER_SUM)).outcome()).isEqualTo("200");
    world.objects.put(upload, 1, 6_000_000, Map.of(ChecksumAlgorithm.CRC32C, SUM));
    world.objects.put(upload, 2, 3_000_000, Map.of(ChecksumAlgorithm.CRC32C, SUM));

    JsonNode list = admin.get(session + "/parts?source=storage").json();
    assertThat(list.at("/missing_part_numbers/0").asInt()).isEqualTo(2);
    assertThat(admin.post(session + "/complete", "{}").outcome())
        .isEqualTo("409 upload.part_size_mismatch");

    world.objects.put(upload, 2, 3_000_000, Map.of(ChecksumAlgorithm.CRC32C, OTHER_SUM));
    assertThat(admin.post(session + "/complete", "{}").outcome()).isEqualTo("200");
  }

  @Test
  void a_part_that_was_sent_past_its_sum_is_not_counted_and_keeps_the_upload_from_completing() {
    String upload = world.objects.openUploads().iterator().next();
    world.objects.put(upload, 1, 6_000_000, Map.of(ChecksumAlgorithm.CRC32C, SUM));
    world.objects.put(upload, 2, 3_000_000);
    String session = "/v1/uploads/" + object.get("session_id").asString();

    for (String source : List.of("storage", "reconcile", "db")) {
      JsonNode list = admin.get(session + "/parts?source=" + source).json();
      assertThat(list.get("uploaded_part_count").asInt()).as(source).isEqualTo(1);
      assertThat(list.at("/missing_part_numbers/0").asInt()).isEqualTo(2);
      assertThat(list.at("/parts/1/status").asString()).isEqualTo("FAILED");
      assertThat(list.at("/parts/1/last_error/message").asString()).contains("without the sum");
    }
    HttpAnswer refused = admin.post(session + "/complete", "{}");
    assertThat(refused.outcome()).isEqualTo("409 upload.part_size_mismatch");
    assertThat(refused.json().at("/error/details/part_numbers/0").asInt()).isEqualTo(2);

    world.objects.put(upload, 2, 3_000_000, Map.of(ChecksumAlgorithm.CRC32C, SUM));
    assertThat(admin.post(session + "/complete", "{}").outcome()).isEqualTo("200");
  }

  private HttpAnswer presign(String body) {
    String path = "/v1/uploads/" + object.get("session_id").asString() + "/parts/presign";
    return admin.post(path, body.replace("%s", SUM));
  }
}
