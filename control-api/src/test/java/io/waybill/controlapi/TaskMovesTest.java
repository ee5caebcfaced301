package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is done with all objects of a task at once, or with one of them. */
class TaskMovesTest {
  private static final String TASKS = "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_task_is_paused_and_resumed_with_all_that_can_be() {
    JsonNode task = created();
    String finished = task.at("/objects/0/session_id").asString();
    world.objects.openUploads().forEach(upload -> world.objects.put(upload, 1, 9));
    assertThat(admin.post("/v1/uploads/" + finished + "/complete", "").outcome()).isEqualTo("200");

    JsonNode paused = moved(task, "/pause", "{\"reason\": \"night\"}");

    assertThat(paused.get("status").asString()).isEqualTo("PAUSED");
    assertThat(paused.at("/objects/0/status").asString()).isEqualTo("COMPLETED");
    assertThat(paused.at("/objects/0/error/code").asString()).isEqualTo("upload.invalid_state");
    assertThat(paused.at("/objects/0/error/details").has("current_status")).isTrue();
    assertThat(paused.at("/objects/1/status").asString()).isEqualTo("PAUSED");
    assertThat(paused.at("/objects/1/error").isNull()).isTrue();
    assertThat(admin.get(path(task)).json().get("status").asString()).isEqualTo("PAUSED");
    String session = "/v1/uploads/" + task.at("/objects/1/session_id").asString();
    assertThat(admin.get(session).json().get("pause_reason").asString()).isEqualTo("night");

    JsonNode resumed = moved(task, "/resume", "");
    assertThat(resumed.get("status").asString()).isEqualTo("PROCESSING");
    assertThat(resumed.at("/objects/1/status").asString()).isEqualTo("UPLOADING");
  }

  @Test
  void a_task_is_cancelled_though_storage_is_away_and_retried() {
    JsonNode task = created();
    world.store.down = true;

    JsonNode cancelled = moved(task, "/cancel", "");

    assertThat(cancelled.get("status").asString()).isEqualTo("CANCELLED");
    assertThat(cancelled.at("/objects/1/status").asString()).isEqualTo("CANCELLED");
    assertThat(moved(task, "/cancel", "")).isEqualTo(cancelled);
    world.store.down = false;
    world.cases.uploads().redrive().handle(100);

    JsonNode retried = moved(task, "/retry", "");
    assertThat(retried.get("status").asString()).isEqualTo("PENDING");
    assertThat(retried.at("/objects/0/session_id")).isNotEqualTo(task.at("/objects/0/session_id"));
    assertThat(moved(task, "/retry", "").at("/objects/0/error/code").asString())
        .isEqualTo("upload.invalid_state");
  }

  @Test
  void a_retry_stops_asking_once_storage_is_away() {
    JsonNode task = created();
    moved(task, "/cancel", "");
    world.cases.uploads().redrive().handle(100);
    world.store.down = true;

    JsonNode retried = moved(task, "/retry", "");

    assertThat(retried.at("/objects/0/error/code").asString()).isEqualTo("storage.unavailable");
    assertThat(retried.at("/objects/1/error/code").asString()).isEqualTo("storage.unavailable");
    assertThat(retried.at("/objects/1/status").asString()).isEqualTo("CANCELLED");
  }

  @Test
  void one_object_is_moved_by_itself_and_refused_by_itself() {
    JsonNode task = created();
    String object = path(task) + "/objects/" + task.at("/objects/0/object_id").asString();

    JsonNode paused = admin.post(object + "/pause", "").json();
    assertThat(paused.get("status").asString()).isEqualTo("PAUSED");
    assertThat(admin.get(object).json().get("status").asString()).isEqualTo("PAUSED");
    assertThat(admin.post(object + "/resume", "").json().get("status").asString())
        .isEqualTo("UPLOADING");
    assertThat(admin.post(object + "/cancel", "").json().get("status").asString())
        .isEqualTo("CANCELLED");
    assertThat(admin.post(object + "/resume", "").outcome()).isEqualTo("409 upload.invalid_state");
    assertThat(admin.post(path(task) + "/objects/" + TestWorld.id(0xfff) + "/pause", "").outcome())
        .isEqualTo("404 upload_object.not_found");
    JsonNode other = admin.get(path(task)).json().at("/objects/1");
    assertThat(other.get("status").asString()).isEqualTo("PENDING");
  }

  @Test
  void nobody_moves_a_task_that_they_do_not_meet() {
    JsonNode task = created();

    assertThat(world.as(TestWorld.OTHER).post(path(task) + "/pause", "").outcome())
        .isEqualTo("404 upload_task.not_found");
    assertThat(world.as(TestWorld.DEVICE_17).post(path(task) + "/pause", "").outcome())
        .isEqualTo("404 upload_task.not_found");
    assertThat(world.as(TestWorld.VIEWER).post(path(task) + "/cancel", "").outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(admin.post(path(task) + "/pause", "{\"why\": 1}").fieldErrors())
        .containsExactly("why request.unknown_field");
  }

  @Test
  void a_repeated_move_is_told_what_it_was_told() {
    JsonNode task = created();
    HttpCalls keyed = admin.with("Idempotency-Key", "night");

    HttpAnswer first = keyed.post(path(task) + "/pause", "");
    moved(task, "/resume", "");
    HttpAnswer second = keyed.post(path(task) + "/pause", "");

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(admin.get(path(task)).json().get("status").asString()).isEqualTo("PROCESSING");
    assertThat(keyed.post(path(task) + "/resume", "").outcome())
        .isEqualTo("409 idempotency.key_reused_with_different_request");
  }

  private JsonNode created() {
    HttpAnswer made =
        admin.post(
            TASKS,
            "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 9},"
                + " {\"object_name\": \"b\", \"file_size_bytes\": 9}]}");
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private JsonNode moved(JsonNode task, String what, String body) {
    HttpAnswer answer = admin.post(path(task) + what, body);
    assertThat(answer.outcome()).isEqualTo("200");
    return answer.json();
  }

  private static String path(JsonNode task) {
    return TASKS + "/" + task.get("task_id").asString();
  }
}
