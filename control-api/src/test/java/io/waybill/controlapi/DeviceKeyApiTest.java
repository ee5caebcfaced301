package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Keys that are made for certain devices. */
class DeviceKeyApiTest {

  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String TASKS = PROJECT + "/upload-tasks";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void such_a_key_uploads_for_its_devices_and_meets_no_other_upload() {
    HttpCalls key = key();
    JsonNode its = created(key, TestWorld.ROBOT_17);
    JsonNode other = created(admin, TestWorld.ROBOT_18);
    JsonNode nobodys = created(admin, null);

    assertThat(key.post(TASKS, task(TestWorld.ROBOT_18)).outcome())
        .isEqualTo("403 device.identity_mismatch");
    assertThat(key.post(TASKS, task(null)).outcome()).isEqualTo("403 device.identity_mismatch");
    assertThat(key.get(session(its)).outcome()).isEqualTo("200");
    assertThat(key.post(session(its) + "/pause", "").outcome()).isEqualTo("200");
    for (JsonNode hidden : List.of(other, nobodys)) {
      JsonNode object = hidden.at("/objects/0");
      assertThat(key.get(session(hidden)).outcome()).isEqualTo("404 upload_session.not_found");
      assertThat(key.post(session(hidden) + "/abort", "").outcome())
          .isEqualTo("404 upload_session.not_found");
      assertThat(key.get(TASKS + "/" + hidden.get("task_id").asString()).outcome())
          .isEqualTo("404 upload_task.not_found");
      assertThat(key.get(PROJECT + "/datasets/" + object.get("dataset_id").asString()).outcome())
          .isEqualTo("404 dataset.not_found");
    }
    assertThat(admin.get(TASKS).json().get("upload_tasks")).hasSize(3);
    assertThat(key.get(TASKS).json().get("upload_tasks"))
        .extracting(task -> task.get("task_id"))
        .containsExactly(its.get("task_id"));
    assertThat(key.get(PROJECT + "/datasets").json().get("datasets")).hasSize(1);
  }

  @Test
  void whatever_it_is_granted_it_does_nothing_that_uploads_do_not_need() {
    HttpCalls key = key();

    assertThat(key.get(PROJECT).json().get("effective_permissions"))
        .extracting(JsonNode::asString)
        .contains("upload.create", "dataset.download", "project.view")
        .doesNotContain("api_key.create", "tag.create", "permission_grant.create", "device.view");
    assertThat(key.post("/v1/api-keys", "{\"name\": \"another\"}").outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(key.post(PROJECT + "/tag-categories", "{\"name\": \"a\"}").outcome())
        .isEqualTo("403 auth.permission_denied");
  }

  @Test
  void its_devices_must_be_there_and_are_told() {
    String body = "{\"name\": \"a\", \"device_ids\": [\"%s\", \"%s\"]}";
    String known = body.formatted(TestWorld.ROBOT_18, TestWorld.ROBOT_17);

    JsonNode made = admin.post("/v1/api-keys", known).json().get("api_key");
    assertThat(made.get("device_ids"))
        .extracting(JsonNode::asString)
        .containsExactly(TestWorld.ROBOT_17.toString(), TestWorld.ROBOT_18.toString());
    assertThat(admin.get("/v1/api-keys").json().get("api_keys")).containsExactly(made);
    assertThat(
            admin
                .post("/v1/api-keys", body.formatted(TestWorld.ROBOT_17, TestWorld.id(0xfff)))
                .fieldErrors())
        .containsExactly("device_ids[1] device.not_found");
    assertThat(world.as(TestWorld.OTHER).post("/v1/api-keys", known).fieldErrors()).hasSize(2);
    assertThat(admin.post("/v1/api-keys", "{\"name\": \" \", \"device_ids\": []}").fieldErrors())
        .containsExactlyInAnyOrder(
            "name request.field_required", "device_ids request.out_of_range");
    assertThat(
            admin
                .post("/v1/api-keys", "{\"name\": \"a\", \"device_ids\": [\"x\", 1]}")
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "device_ids[0] request.field_invalid", "device_ids[1] request.field_type");
  }

  /** A key of robot 17 to which everything is granted. */
  private HttpCalls key() {
    String body =
        "{\"name\": \"of robot 17\", \"device_ids\": [\"%s\"]}".formatted(TestWorld.ROBOT_17);
    JsonNode made = admin.post("/v1/api-keys", body).json();
    for (Permission permission : Permission.values()) {
      String grant =
          """
          {"subject_type": "api_key", "subject_id": "%s", "resource_type": "tenant", "code": "%s"}
          """
              .formatted(made.at("/api_key/api_key_id").asString(), permission.code());
      assertThat(admin.post("/v1/permission-grants", grant).outcome()).isEqualTo("201");
    }
    return world.as(made.get("key_material").asString());
  }

  private static JsonNode created(HttpCalls caller, @Nullable UUID device) {
    HttpAnswer answer = caller.post(TASKS, task(device));
    assertThat(answer.outcome()).isEqualTo("201");
    return answer.json();
  }

  private static String task(@Nullable UUID device) {
    String source = device == null ? "null" : "\"" + device + "\"";
    return """
    {"source_device_id": %s, "objects": [{"object_name": "a", "file_size_bytes": 1}]}
    """
        .formatted(source);
  }

  private static String session(JsonNode task) {
    return "/v1/uploads/" + task.at("/objects/0/session_id").asString();
  }
}
