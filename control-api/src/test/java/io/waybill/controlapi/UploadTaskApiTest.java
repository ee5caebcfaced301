package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static io.waybill.controlapi.TestWorld.DEVICE_17;
import static io.waybill.controlapi.TestWorld.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.core.upload.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Upload tasks are made over HTTP. */
class UploadTaskApiTest {

  private static final String TASKS = "/v1/projects/" + PROJECT + "/upload-tasks";
  private static final String ROBOT = TestWorld.ROBOT_17.toString();
  private static final String ONE =
      """
      {"objects": [{"object_name": "a.mcap", "file_size_bytes": 5242881}]}
      """;

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_whole_request_makes_a_task_with_sessions_and_first_urls() {
    HttpAnswer answer =
        admin.post(
            TASKS,
            """
            {"task_name": "run 42", "task_initiator": "cli", "source_device_id": null,
             "source_device_code": "robot-17", "storage_policy_id": null,
             "objects": [
               {"dataset_name": "front", "object_name": "front camera.mcap",
                "file_size_bytes": 12582912, "content_type": "application/octet-stream",
                "part_size_bytes": 6291456, "checksum_sha256": "%s", "metadata": {"lens": 2}},
               {"object_name": "log.txt", "file_size_bytes": 3}],
             "metadata": {"site": "line-3"}, "presign": {"first": 2, "expires_in_seconds": 600}}
            """
                .formatted("ab".repeat(32)));

    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    JsonNode front = answer.json().at("/objects/0");
    assertThat(answer.json().get("total_size_bytes").longValue()).isEqualTo(12582915);
    assertThat(front.get("part_count").intValue()).isEqualTo(2);
    assertThat(front.get("object_key").asString()).endsWith("front_camera.mcap");
    assertThat(front.at("/presigned/parts").size()).isEqualTo(2);
    assertThat(front.at("/presigned/parts/0/expected_size_bytes").longValue()).isEqualTo(6291456);
    assertThat(answer.json().at("/objects/1/presigned/parts").size()).isEqualTo(1);
  }

  @Test
  void compact_first_urls_say_what_they_share_once() {
    HttpAnswer answer =
        admin.post(
            TASKS,
            """
            {"objects": [{"object_name": "a", "file_size_bytes": 9000000}],
             "presign": {"first": 2, "encoding": "compact"}}
            """);

    assertThat(answer.outcome()).isEqualTo("201");
    assertThat(answer.json().at("/objects/0/presigned/url_template").asString())
        .contains("{part_number}", "{signature}");
  }

  @Test
  void the_same_key_gives_the_same_task_and_another_request_under_it_is_refused() {
    HttpCalls keyed = admin.with("Idempotency-Key", "run-42");
    JsonNode first = keyed.post(TASKS, ONE).json();

    HttpAnswer again = keyed.post(TASKS, ONE);
    assertThat(again.json()).isEqualTo(first);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(keyed.post(TASKS, ONE.replace("a.mcap", "b.mcap")).outcome())
        .isEqualTo("409 idempotency.key_reused_with_different_request");
    assertThat(admin.post(TASKS, ONE).json().get("task_id")).isNotEqualTo(first.get("task_id"));
  }

  @Test
  void every_broken_rule_is_named_at_once() {
    HttpAnswer answer =
        admin.post(
            TASKS,
            """
            {"objects": [
               {"object_name": "a", "file_size_bytes": 0},
               {"object_name": "b", "file_size_bytes": 10, "part_size_bytes": 1}],
             "metadata": {"password": "x"}}
            """);

    assertThat(answer.outcome()).isEqualTo("422 request.validation_failed");
    assertThat(answer.fieldErrors())
        .contains(
            "objects[0].file_size_bytes upload.empty_file",
            "objects[1].part_size_bytes upload.part_size_too_small")
        .anyMatch(error -> error.endsWith("metadata.secret_key"));
  }

  @Test
  void every_wrong_shape_is_named_at_once() {
    HttpAnswer answer =
        admin.post(
            TASKS,
            """
            {"objects": [{"object_name": 7, "file_size_bytes": "big", "colour": "red"}],
             "source_device_id": "robot", "metadata": [], "speed": 9}
            """);

    assertThat(answer.outcome()).isEqualTo("422 request.validation_failed");
    assertThat(answer.fieldErrors())
        .contains(
            "objects[0].object_name request.field_type",
            "objects[0].file_size_bytes request.field_type",
            "objects[0].colour request.unknown_field",
            "source_device_id request.field_invalid",
            "metadata request.field_type",
            "speed request.unknown_field");
  }

  @Test
  void nothing_of_what_a_project_cannot_take_is_taken() {
    assertThat(
            admin
                .post("/v1/projects/" + TestWorld.ARCHIVED_PROJECT + "/upload-tasks", ONE)
                .outcome())
        .isEqualTo("409 project.inactive");
    assertThat(admin.post(TASKS, with("storage_policy_id", TestWorld.id(0xffff))).fieldErrors())
        .containsExactly("storage_policy_id storage_policy.not_found");
    assertThat(admin.post(TASKS, with("source_device_id", TestWorld.id(0xffff))).fieldErrors())
        .containsExactly("source_device_id device.not_found");
    assertThat(admin.post(TASKS.replace(PROJECT.toString(), ROBOT), ONE).outcome())
        .isEqualTo("404 project.not_found");
    assertThat(world.objects.openUploads()).isEmpty();
  }

  @Test
  void a_bucket_that_storage_refuses_is_told_as_storage_refusing() {
    assertThat(admin.post(TASKS, with("storage_policy_id", TestWorld.id(0x5))).outcome())
        .isEqualTo("502 storage.refused");
  }

  @Test
  void a_device_names_itself_or_nobody() {
    HttpCalls robot = world.as(DEVICE_17);

    assertThat(robot.post(TASKS, with("source_device_id", TestWorld.ROBOT_18)).outcome())
        .isEqualTo("403 device.identity_mismatch");
    assertThat(robot.post(TASKS, ONE).outcome()).isEqualTo("201");
  }

  @Test
  void too_many_open_uploads_say_when_to_come_back() {
    try (TestWorld small = new TestWorld(withOpenUploads(1))) {
      HttpCalls caller = small.as(ADMIN);
      assertThat(caller.post(TASKS, ONE).outcome()).isEqualTo("201");

      HttpAnswer answer = caller.post(TASKS, ONE);

      assertThat(answer.outcome()).isEqualTo("429 quota.open_uploads_exceeded");
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
      await().until(() -> small.registry.counter("quota_rejects").count() == 1); // after the answer
    }
  }

  @Test
  void storage_that_is_away_loses_nothing_and_the_same_key_goes_on() {
    HttpCalls keyed = admin.with("Idempotency-Key", "k");
    world.store.down = true;
    HttpAnswer away = keyed.post(TASKS, ONE);
    world.store.down = false;

    assertThat(away.outcome()).isEqualTo("503 storage.unavailable");
    assertThat(Integer.parseInt(away.header("Retry-After"))).isPositive();
    assertThat(keyed.post(TASKS, ONE).outcome()).isEqualTo("201");
    assertThat(admin.get(TASKS).json().get("upload_tasks").size()).isEqualTo(1);
    assertThat(world.objects.openUploads()).hasSize(1);
  }

  private static String with(String field, Object value) {
    return "{\"" + field + "\": \"" + value + "\", " + ONE.strip().substring(1);
  }

  private static Limits withOpenUploads(int tenant) {
    return Limits.standard().with(new Limits.Openings(tenant, 200, 200));
  }
}
