package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static io.waybill.controlapi.TestWorld.DEVICE_17;
import static io.waybill.controlapi.TestWorld.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Upload tasks are looked at over HTTP, and what has failed of them is sent again. */
class UploadTaskReadingTest {

  private static final String TASKS = "/v1/projects/" + PROJECT + "/upload-tasks";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_task_and_its_object_tell_how_far_they_are() {
    HttpUploads.Made made = HttpUploads.in(world).create(3).send(1, 1);
    assertThat(
            admin
                .post(
                    made.path() + "/parts/ack",
                    """
                    {"parts": [{"part_number": 1, "etag": "\\"x\\"", "size_bytes": %d}]}
                    """
                        .formatted(TestWorld.PART))
                .outcome())
        .isEqualTo("200");

    JsonNode task = admin.get(made.taskPath()).json();
    assertThat(task.get("status").asString()).isEqualTo("PROCESSING");
    assertThat(task.get("uploaded_size_bytes").longValue()).isEqualTo(TestWorld.PART);
    JsonNode object = admin.get(made.taskPath() + "/objects/" + made.objectId()).json();
    assertThat(object.get("uploaded_part_count").intValue()).isEqualTo(1);
    assertThat(admin.get(made.taskPath() + "/objects/" + TestWorld.id(9)).outcome())
        .isEqualTo("404 upload_object.not_found");
    assertThat(admin.get(TASKS + "/" + TestWorld.id(9)).outcome())
        .isEqualTo("404 upload_task.not_found");
  }

  @Test
  void a_list_is_paged_newest_first_and_every_task_is_seen_once() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(HttpUploads.in(world).create(1).taskId());
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = admin.get(TASKS + "?limit=2" + cursor).json();
      page.get("upload_tasks").forEach(task -> seen.add(task.get("task_id").asString()));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(made);
  }

  @Test
  void a_list_is_filtered() {
    HttpUploads.Made ofRobot = HttpUploads.by(world, DEVICE_17).create(1);
    HttpUploads.Made ofAdmin = HttpUploads.in(world).create(1);

    assertThat(taskIds(TASKS + "?source_device_id=" + TestWorld.ROBOT_17))
        .containsExactly(ofRobot.taskId());
    String others = TASKS + "?source_device_id=" + TestWorld.ROBOT_18;
    assertThat(world.as(DEVICE_17).get(others).json().get("upload_tasks")).isEmpty();
    assertThat(taskIds(TASKS + "?status=PENDING&created_after=2026-01-01T00:00:00Z"))
        .containsExactly(ofAdmin.taskId(), ofRobot.taskId());
    assertThat(taskIds(TASKS + "?status=FAILED")).isEmpty();
    assertThat(taskIds(TASKS + "?created_after=2027-01-01T00:00:00Z")).isEmpty();
  }

  @Test
  void a_cursor_that_is_none_or_another_lists_is_refused() {
    HttpUploads.in(world).create(1);
    HttpUploads.in(world).create(1);
    String good = admin.get(TASKS + "?limit=1").json().get("next_cursor").asString();
    char last = good.charAt(good.length() - 2);
    String tampered = good.substring(0, good.length() - 2) + (last == 'A' ? 'B' : 'A') + "A";

    for (String cursor : List.of("x", "%00", tampered, good + "A", "1")) {
      HttpAnswer answer = admin.get(TASKS + "?cursor=" + cursor);
      assertThat(answer.outcome()).as(cursor).isEqualTo("422 request.validation_failed");
    }
    assertThat(admin.get("/v1/projects?cursor=" + good).fieldErrors())
        .containsExactly("cursor request.bad_cursor");
  }

  @Test
  void a_failed_object_is_retried_with_a_session_of_its_own() {
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    assertThat(admin.post(made.path() + "/abort", "").outcome()).isEqualTo("200");

    String elsewhere =
        made.taskPath().replace(PROJECT.toString(), TestWorld.ARCHIVED_PROJECT.toString());
    assertThat(admin.post(elsewhere + "/objects/" + made.objectId() + "/retry", "").outcome())
        .isEqualTo("404 upload_object.not_found");
    HttpAnswer retried = admin.post(made.taskPath() + "/objects/" + made.objectId() + "/retry", "");

    assertThat(retried.outcome()).isEqualTo("200");
    assertThat(retried.json().get("session_id").asString()).isNotEqualTo(made.sessionId());
    assertThat(
            admin.post(made.taskPath() + "/objects/" + made.objectId() + "/retry", "{}").outcome())
        .isEqualTo("409 upload.invalid_state");
    assertThat(
            admin
                .post(made.taskPath() + "/objects/" + made.objectId() + "/retry", "{\"x\": 1}")
                .fieldErrors())
        .containsExactly("x request.unknown_field");
  }

  private List<String> taskIds(String path) {
    return admin
        .get(path)
        .json()
        .get("upload_tasks")
        .valueStream()
        .map(task -> task.get("task_id").asString())
        .toList();
  }
}
