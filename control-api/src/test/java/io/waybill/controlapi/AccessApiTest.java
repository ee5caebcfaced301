package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static io.waybill.controlapi.TestWorld.DEVICE_17;
import static io.waybill.controlapi.TestWorld.DEVICE_18;
import static io.waybill.controlapi.TestWorld.OTHER;
import static io.waybill.controlapi.TestWorld.PROJECT;
import static io.waybill.controlapi.TestWorld.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who gets through, and what those see who do not. */
class AccessApiTest {

  private final TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoever_may_not_act_at_all_is_told_why() {
    assertThat(world.anybody().get("/v1/projects").outcome()).isEqualTo("401 auth.api_key_missing");
    assertThat(outcome("wb_unknown")).isEqualTo("401 auth.api_key_invalid");
    assertThat(outcome("x".repeat(5000))).isEqualTo("401 auth.api_key_invalid");
    assertThat(outcome(TestWorld.EXPIRED)).isEqualTo("401 auth.api_key_expired");
    assertThat(outcome(TestWorld.IN_DEAD_TENANT)).isEqualTo("403 auth.tenant_inactive");
    assertThat(outcome(TestWorld.DISABLED_DEVICE)).isEqualTo("403 device.inactive");
  }

  @Test
  void what_belongs_to_another_tenant_does_not_exist() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1).complete();
    String reused = made.taskPath().replace(PROJECT.toString(), TestWorld.OTHER_PROJECT.toString());

    walk(made).forEach((path, code) -> everyDoor(OTHER, path, code));
    assertThat(world.as(OTHER).get(reused).outcome()).isEqualTo("404 upload_task.not_found");
    assertThat(world.as(ADMIN).get("/v1/projects/" + TestWorld.OTHER_PROJECT).outcome())
        .isEqualTo("404 project.not_found");
  }

  @Test
  void a_foreign_id_an_unknown_id_and_no_id_get_the_same_answer() {
    String foreign = HttpUploads.in(world).create(1).path();

    List<JsonNode> answers = new ArrayList<>();
    for (String path :
        List.of(foreign, "/v1/uploads/" + TestWorld.id(0xdead), "/v1/uploads/not-an-id")) {
      answers.add(world.as(OTHER).with("X-Request-ID", "same").get(path).json());
    }

    assertThat(answers).allMatch(answer -> answer.equals(answers.getFirst()));
  }

  @Test
  void who_may_not_view_sees_nothing() {
    HttpUploads.Made made = HttpUploads.in(world).create(1);

    walk(made).forEach((path, code) -> everyDoor(TestWorld.NOBODY, path, code));
    JsonNode list = world.as(TestWorld.NOBODY).get("/v1/projects").json();
    assertThat(list.get("projects").size()).isZero();
  }

  @Test
  void who_may_only_view_is_told_which_permission_is_missing() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1);
    HttpCalls viewer = world.as(VIEWER);

    Map.of(
            "/parts/presign", "upload.presign",
            "/parts/ack", "upload.presign",
            "/complete", "upload.complete",
            "/abort", "upload.abort",
            "/pause", "upload.pause",
            "/resume", "upload.resume",
            "/extend", "upload.presign")
        .forEach((action, permission) -> {
          HttpAnswer answer = viewer.post(made.path() + action, body(action));
          assertThat(answer.outcome()).as(action).isEqualTo("403 auth.permission_denied");
          assertThat(answer.json().at("/error/details/permission").asString())
              .isEqualTo(permission);
        });
    assertThat(viewer.get(made.path()).outcome()).isEqualTo("200");
    assertThat(viewer.get(made.path() + "/events").outcome()).isEqualTo("200");
    HttpAnswer create =
        viewer.post(
            "/v1/projects/" + PROJECT + "/upload-tasks",
            "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]}");
    assertThat(create.outcome()).isEqualTo("403 auth.permission_denied");
    made.complete();
    assertThat(viewer.post(made.datasetPath() + "/download-url", "").outcome())
        .isEqualTo("403 auth.permission_denied");
  }

  @Test
  void a_device_works_on_its_own_uploads_and_sees_no_other() {
    HttpUploads.Made made = HttpUploads.by(world, DEVICE_17).create(1).send(1, 1);

    assertThat(world.as(DEVICE_17).get(made.path()).outcome()).isEqualTo("200");
    assertThat(world.as(DEVICE_17).get(made.taskPath()).outcome()).isEqualTo("200");
    everyDoor(DEVICE_18, made.path(), "404 upload_session.not_found");
    everyDoor(DEVICE_18, made.taskPath(), "404 upload_task.not_found");
    assertThat(
            world
                .as(DEVICE_18)
                .get("/v1/projects/" + PROJECT + "/upload-tasks")
                .json()
                .get("upload_tasks")
                .size())
        .isZero();
    made.complete();
    assertThat(world.as(DEVICE_17).post(made.path() + "/complete", "").outcome()).isEqualTo("200");
  }

  /** What the first id of a path is the id of. */
  private static final Map<String, String> FIRST_OF =
      Map.of(
          "projects", "project",
          "uploads", "upload_session",
          "api-keys", "api_key",
          "permission-grants", "permission_grant",
          "storage-policies", "storage_policy",
          "admin", "outbox_delivery",
          "webhook-endpoints", "webhook_endpoint",
          "recoveries", "recovery");

  @Test
  void an_id_that_is_none_is_not_found_on_every_route() {
    HttpCalls admin = world.as(ADMIN);
    for (String operation : world.page.operations()) {
      String method = operation.substring(0, operation.indexOf(' '));
      String template = operation.substring(operation.indexOf(' ') + 1);
      if (template.contains("{")) {
        String path = template.replaceAll("\\{[a-z_]+}", "not-an-id");
        assertThat(admin.send(method, path, new byte[0]).outcome())
            .as(operation)
            .isEqualTo("404 " + FIRST_OF.get(path.split("/", -1)[2]) + ".not_found");
      }
    }
  }

  private String outcome(String secret) {
    return world.as(secret).get("/v1/projects").outcome();
  }

  /** Paths of everything that an upload is, with what a stranger is told. */
  private static Map<String, String> walk(HttpUploads.Made made) {
    return Map.of(
        made.path(),
        "404 upload_session.not_found",
        made.taskPath(),
        "404 upload_task.not_found",
        made.taskPath() + "/objects/" + made.objectId(),
        "404 upload_task.not_found",
        made.datasetPath(),
        "404 dataset.not_found",
        "/v1/projects/" + PROJECT,
        "404 project.not_found",
        "/v1/projects/" + PROJECT + "/datasets",
        "404 project.not_found",
        "/v1/projects/" + PROJECT + "/upload-tasks",
        "404 project.not_found");
  }

  /** Reads the path, and where it is a session or an object, tries every change, too. */
  private void everyDoor(String secret, String path, String outcome) {
    HttpCalls stranger = world.as(secret);
    assertThat(stranger.get(path).outcome()).as(path).isEqualTo(outcome);
    if (path.startsWith("/v1/uploads/")) {
      assertThat(stranger.get(path + "/parts").outcome()).isEqualTo(outcome);
      assertThat(stranger.get(path + "/events").outcome()).isEqualTo(outcome);
      for (String action :
          List.of(
              "/parts/presign",
              "/parts/ack",
              "/complete",
              "/abort",
              "/pause",
              "/resume",
              "/extend")) {
        assertThat(stranger.post(path + action, body(action)).outcome())
            .as(action)
            .isEqualTo(outcome);
      }
    }
    if (path.contains("/objects/")) {
      assertThat(stranger.post(path + "/retry", "").outcome())
          .isEqualTo("404 upload_object.not_found");
    }
    if (path.contains("/datasets/")) {
      assertThat(stranger.post(path + "/download-url", "").outcome()).isEqualTo(outcome);
    }
  }

  private static String body(String action) {
    return switch (action) {
      case "/parts/presign" -> "{\"part_numbers\": [1]}";
      case "/parts/ack" ->
          "{\"parts\": [{\"part_number\": 1, \"etag\": \"e\", \"size_bytes\": %d}]}"
              .formatted(TestWorld.PART);
      case "/extend" -> "{\"extend_by_seconds\": 60}";
      default -> "";
    };
  }
}
