package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/permission-grants}. */
class PermissionGrantApiTest {

  private static final String GRANTS = "/v1/permission-grants";
  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void what_is_granted_is_felt_at_once_and_until_it_is_taken_back() {
    Key key = key();
    assertThat(key.calls().get(PROJECT).outcome()).isEqualTo("404 project.not_found");

    JsonNode grant = granted(admin, body(key, "project", TestWorld.PROJECT, "project.view"));

    assertThat(key.calls().get(PROJECT).json().get("effective_permissions"))
        .extracting(JsonNode::asString)
        .containsExactly("project.view");
    assertThat(grant.get("source").asString()).isEqualTo("manual");
    assertThat(grant.get("effect").asString()).isEqualTo("ALLOW");
    assertThat(grant.get("expires_at").isNull()).isTrue();
    assertThat(admin.delete(path(grant)).outcome()).isEqualTo("204");
    assertThat(key.calls().get(PROJECT).outcome()).isEqualTo("404 project.not_found");
    assertThat(admin.delete(path(grant)).outcome()).isEqualTo("404 permission_grant.not_found");
  }

  @Test
  void deny_beats_allow_until_its_time_is_up() {
    Key key = key();
    granted(admin, body(key, "tenant", null, "project.view"));
    granted(
        admin,
        body(key, "project", TestWorld.PROJECT, "project.view")
            .replace("}", ", \"effect\": \"DENY\", \"expires_in_seconds\": 60}"));

    assertThat(key.calls().get(PROJECT).outcome()).isEqualTo("404 project.not_found");
    assertThat(key.calls().get("/v1/projects").json().get("projects")).hasSize(1);
    world.time.advance(Duration.ofSeconds(60));
    assertThat(key.calls().get(PROJECT).outcome()).isEqualTo("200");
    assertThat(key.calls().get("/v1/projects").json().get("projects")).hasSize(2);
  }

  @Test
  void the_same_again_moves_the_end_and_makes_no_second_one() {
    String body = body(key(), "project", TestWorld.PROJECT, "project.view");
    JsonNode first = granted(admin, body);

    JsonNode second = granted(admin, body.replace("}", ", \"expires_in_seconds\": 60}"));
    granted(admin, body.replace("}", ", \"expires_in_seconds\": 60}"));

    assertThat(second.get("permission_grant_id")).isEqualTo(first.get("permission_grant_id"));
    assertThat(second.get("expires_at").asString()).isEqualTo("2026-11-23T08:01:00Z");
    assertThat(listed("")).containsExactly(second);
    assertThat(actions())
        .containsExactly("api_key.created", "permission_grant.created", "permission_grant.changed");
  }

  @Test
  void nobody_grants_what_they_do_not_have_nor_for_longer() {
    Key key = key();
    Key deputy = key();
    granted(admin, body(deputy, "project", TestWorld.PROJECT, "permission_grant.create"));
    granted(
        admin,
        body(deputy, "project", TestWorld.PROJECT, "project.view")
            .replace("}", ", \"expires_in_seconds\": 60}"));
    String view = body(key, "project", TestWorld.PROJECT, "project.view");

    assertThat(denied(deputy, body(key, "project", TestWorld.PROJECT, "dataset.view")))
        .isEqualTo("dataset.view");
    assertThat(denied(deputy, view)).as("for ever").isEqualTo("project.view");
    assertThat(denied(deputy, view.replace("}", ", \"expires_in_seconds\": 61}")))
        .isEqualTo("project.view");
    granted(deputy.calls(), view.replace("}", ", \"expires_in_seconds\": 60}"));
    assertThat(denied(deputy, body(key, "tenant", null, "project.view")))
        .isEqualTo("permission_grant.create");
    assertThat(
            deputy
                .calls()
                .post(GRANTS, body(key, "project", TestWorld.ARCHIVED_PROJECT, "project.view"))
                .outcome())
        .isEqualTo("404 project.not_found");
  }

  @Test
  void to_take_back_a_deny_is_to_give() {
    Key key = key();
    JsonNode deny =
        granted(
            admin,
            body(key, "project", TestWorld.PROJECT, "dataset.download")
                .replace("}", ", \"effect\": \"DENY\"}"));
    JsonNode allow = granted(admin, body(key, "tenant", null, "dataset.download"));
    HttpCalls deputy = world.as(world.keyWith(Permission.PERMISSION_GRANT_DELETE));

    assertThat(deputy.delete(path(deny)).outcome()).isEqualTo("403 auth.permission_denied");
    assertThat(deputy.delete(path(allow)).outcome()).isEqualTo("204");
  }

  @Test
  void subjects_and_resources_must_be_there_in_this_tenant() {
    Key key = key();
    UUID nobodys = TestWorld.id(0xfff);
    HttpCalls other = world.as(TestWorld.OTHER);

    assertThat(other.post(GRANTS, body(key, "tenant", null, "project.view")).outcome())
        .isEqualTo("404 api_key.not_found");
    assertThat(
            other.post(GRANTS, body(key, "project", TestWorld.PROJECT, "project.view")).outcome())
        .isEqualTo("404 project.not_found");
    for (String kind :
        List.of(
            "project",
            "dataset",
            "upload_task",
            "upload_session",
            "device",
            "tag_category",
            "tag")) {
      assertThat(admin.post(GRANTS, body(key, kind, nobodys, "project.view")).outcome())
          .isEqualTo("404 " + kind + ".not_found");
    }
    String toDevice = body(key, "tenant", null, "project.view").replace("api_key", "device");
    assertThat(admin.post(GRANTS, toDevice).outcome()).isEqualTo("404 device.not_found");
    assertThat(admin.post(GRANTS, toDevice.replace("device", "user")).outcome()).isEqualTo("201");
  }

  @Test
  void a_list_can_be_asked_for_a_subject_and_a_resource() {
    Key key = key();
    Key otherKey = key();
    JsonNode a = granted(admin, body(key, "tenant", null, "project.view"));
    JsonNode b = granted(admin, body(key, "project", TestWorld.PROJECT, "dataset.view"));
    JsonNode c = granted(admin, body(otherKey, "project", TestWorld.PROJECT, "dataset.view"));
    String ofKey = "subject_type=api_key&subject_id=" + key.id();
    String onProject = "resource_type=project&resource_id=" + TestWorld.PROJECT;

    assertThat(listed("")).containsExactly(c, b, a);
    assertThat(listed(ofKey)).containsExactly(b, a);
    assertThat(listed(onProject)).containsExactly(c, b);
    assertThat(listed(onProject + "&" + ofKey)).containsExactly(b);
    assertThat(listed("resource_type=tenant")).containsExactly(a);
    JsonNode first = admin.get(GRANTS + "?limit=2").json();
    assertThat(listed("limit=2&cursor=" + first.get("next_cursor").asString())).containsExactly(a);
    assertThat(world.as(TestWorld.OTHER).get(GRANTS).json().get("permission_grants")).isEmpty();
  }

  @Test
  void who_may_look_at_one_resource_lists_what_is_granted_on_it_only() {
    Key key = key();
    granted(admin, body(key, "project", TestWorld.PROJECT, "permission_grant.view"));
    String onProject = GRANTS + "?resource_type=project&resource_id=";

    assertThat(key.calls().get(onProject + TestWorld.PROJECT).outcome()).isEqualTo("200");
    assertThat(key.calls().get(onProject + TestWorld.OTHER_PROJECT).outcome())
        .isEqualTo("404 project.not_found");
    assertThat(key.calls().get(GRANTS).outcome()).isEqualTo("403 auth.permission_denied");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThat(
            admin
                .post(
                    GRANTS,
                    """
                    {"subject_type": "robot", "subject_id": "%s", "resource_type": "bucket",
                     "code": "do.all", "effect": "MAYBE", "expires_in_seconds": 0}
                    """
                        .formatted(TestWorld.ROBOT_17))
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "subject_type request.unknown_value",
            "resource_type request.unknown_value",
            "resource_id request.field_required",
            "code request.unknown_value",
            "effect request.unknown_value",
            "expires_in_seconds request.out_of_range");
    assertThat(admin.post(GRANTS, "{}").fieldErrors())
        .containsExactlyInAnyOrder(
            "subject_type request.field_required",
            "subject_id request.field_required",
            "resource_type request.field_required",
            "resource_id request.field_required",
            "code request.field_required");
    assertThat(admin.get(GRANTS + "?subject_type=user&resource_id=" + PROJECT.substring(13)))
        .extracting(HttpAnswer::fieldErrors)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactlyInAnyOrder(
            "subject_id request.field_required", "resource_type request.field_required");
  }

  /** A key that may do nothing yet. */
  private record Key(UUID id, HttpCalls calls) {}

  private Key key() {
    JsonNode made = admin.post("/v1/api-keys", "{\"name\": \"of line 3\"}").json();
    return new Key(
        UUID.fromString(made.at("/api_key/api_key_id").asString()),
        world.as(made.get("key_material").asString()));
  }

  private static String body(Key to, String resourceType, @Nullable UUID resource, String code) {
    String id = resource == null ? "null" : "\"" + resource + "\"";
    return """
    {"subject_type": "api_key", "subject_id": "%s", "resource_type": "%s", "resource_id": %s, "code": "%s"}\
    """
        .formatted(to.id(), resourceType, id, code);
  }

  private static JsonNode granted(HttpCalls caller, String body) {
    HttpAnswer answer = caller.post(GRANTS, body);
    assertThat(answer.outcome()).isEqualTo("201");
    return answer.json();
  }

  /** The permission that is said to be missing. */
  private static String denied(Key caller, String body) {
    HttpAnswer answer = caller.calls().post(GRANTS, body);
    assertThat(answer.outcome()).isEqualTo("403 auth.permission_denied");
    return answer.json().at("/error/details/permission").asString();
  }

  /** What was given by hand: devices have been let into their project before. */
  private List<JsonNode> listed(String query) {
    return admin
        .get(GRANTS + (query.isEmpty() ? "" : "?" + query))
        .json()
        .get("permission_grants")
        .valueStream()
        .filter(grant -> grant.get("source").asString().equals("manual"))
        .toList();
  }

  private List<String> actions() {
    return world.rows.facts().audit().stream().map(row -> row.action()).toList();
  }

  private static String path(JsonNode grant) {
    return GRANTS + "/" + grant.get("permission_grant_id").asString();
  }
}
