package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static io.waybill.controlapi.TestWorld.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a caller may not view answers like what is not there, wherever it is named. */
class UnseenApiTest {

  private static final String PROJECTS = "/v1/projects/";
  private static final String TASKS = PROJECTS + PROJECT + "/upload-tasks";
  private static final UUID UNKNOWN = TestWorld.id(0xffff);
  private static final UUID OTHER_POLICY = TestWorld.id(0x5);

  private final TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
  }

  private HttpCalls having(Permission... permissions) {
    return world.as(world.keyWith(permissions));
  }

  @Test
  void a_policy_other_than_the_project_s_is_named_by_who_may_view_it() {
    HttpCalls uploader = having(Permission.DATASET_UPLOAD);
    assertThat(uploader.post(TASKS, task("storage_policy_id", OTHER_POLICY)).fieldErrors())
        .isEqualTo(uploader.post(TASKS, task("storage_policy_id", UNKNOWN)).fieldErrors())
        .containsExactly("storage_policy_id storage_policy.not_found");
    assertThat(
            having(Permission.DATASET_UPLOAD, Permission.STORAGE_POLICY_VIEW)
                .post(TASKS, task("storage_policy_id", OTHER_POLICY))
                .outcome())
        .as("a bucket that storage refuses")
        .isEqualTo("502 storage.refused");
    assertThat(uploader.post(TASKS, task("storage_policy_id", TestWorld.id(0x3))).outcome())
        .as("the tenant's default, by which the project stores")
        .isEqualTo("201");
  }

  @Test
  void a_source_device_is_named_by_who_may_view_it() {
    HttpCalls uploader = having(Permission.DATASET_UPLOAD);
    assertThat(uploader.post(TASKS, task("source_device_id", TestWorld.ROBOT_17)).fieldErrors())
        .isEqualTo(uploader.post(TASKS, task("source_device_id", UNKNOWN)).fieldErrors())
        .containsExactly("source_device_id device.not_found");
    assertThat(
            having(Permission.DATASET_UPLOAD, Permission.DEVICE_VIEW)
                .post(TASKS, task("source_device_id", TestWorld.ROBOT_17))
                .outcome())
        .isEqualTo("201");
  }

  @Test
  void a_device_is_let_in_by_who_sees_it_and_shut_out_by_whose_project_it_is() {
    HttpCalls admin = world.as(ADMIN);
    String project =
        admin
            .post("/v1/projects", "{\"slug\": \"line-9\", \"name\": \"Line 9\"}")
            .json()
            .get("project_id")
            .asString();
    JsonNode key = admin.post("/v1/api-keys", "{\"name\": \"of line 9\"}").json();
    String owner =
        "{\"subject_type\": \"api_key\", \"subject_id\": \"%s\", \"role\": \"owner\"}"
            .formatted(key.at("/api_key/api_key_id").asString());
    assertThat(admin.post(PROJECTS + project + "/members/invite", owner).outcome())
        .isEqualTo("201");
    HttpCalls blind = world.as(key.get("key_material").asString());
    String grant = PROJECTS + project + "/devices/" + TestWorld.ROBOT_17 + "/grant";

    assertThat(blind.post(grant, "").outcome()).isEqualTo("404 device.not_found");
    assertThat(admin.post(grant, "").outcome()).isEqualTo("201");
    assertThat(blind.delete(grant).outcome()).isEqualTo("204");
  }

  @Test
  void a_project_that_is_not_there_is_not_found_whatever_the_right() {
    HttpCalls viewer = having(Permission.DATASET_VIEW);
    assertThat(viewer.get(PROJECTS + UNKNOWN).outcome()).isEqualTo("404 project.not_found");
    assertThat(viewer.get(PROJECTS + UNKNOWN + "/members").outcome())
        .isEqualTo("404 project.not_found");
    assertThat(viewer.get(PROJECTS + PROJECT).outcome()).isEqualTo("403 auth.permission_denied");
    assertThat(viewer.get(PROJECTS + PROJECT + "/members").outcome())
        .isEqualTo("403 auth.permission_denied");
  }

  private static String task(String field, UUID id) {
    return """
    {"%s": "%s", "objects": [{"object_name": "a", "file_size_bytes": 1}]}
    """
        .formatted(field, id);
  }
}
