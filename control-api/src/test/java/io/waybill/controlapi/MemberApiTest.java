package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waybill.core.access.Permission;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.member.MemberRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code …/members}: who works in a project, and as what. */
class MemberApiTest {

  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String MEMBERS = PROJECT + "/members";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_member_has_what_its_role_gives_until_it_is_changed_or_taken_out() {
    Key key = key();
    JsonNode member = invited(admin, key, "viewer");
    assertThat(member.get("status").asString()).isEqualTo("ACTIVE");
    assertThat(may(key)).containsExactlyElementsOf(codes(MemberRole.VIEWER));

    HttpAnswer changed = admin.patch(path(key), "{\"role\": \"operator\", \"version\": 1}");
    assertThat(changed.json().get("version").longValue()).isEqualTo(2);
    assertThat(may(key)).containsExactlyElementsOf(codes(MemberRole.OPERATOR));

    assertThat(admin.patch(path(key), "{\"role\": \"viewer\", \"version\": 1}").outcome())
        .isEqualTo("409 request.version_conflict");
    assertThat(admin.delete(path(key)).outcome()).isEqualTo("204");
    assertThat(key.calls().get(PROJECT).outcome()).isEqualTo("404 project.not_found");
    assertThat(admin.delete(path(key)).outcome()).isEqualTo("404 project_member.not_found");
  }

  @Test
  void who_is_disabled_has_nothing_of_it_until_enabled_again() {
    Key key = key();
    invited(admin, key, "maintainer");

    HttpAnswer disabled = admin.post(path(key) + "/disable", "");
    assertThat(disabled.json().get("status").asString()).isEqualTo("DISABLED");
    assertThat(key.calls().get(PROJECT).outcome()).isEqualTo("404 project.not_found");
    assertThat(admin.patch(path(key), "{\"role\": \"viewer\"}").outcome()).isEqualTo("200");
    assertThat(key.calls().get(PROJECT).outcome()).isEqualTo("404 project.not_found");
    assertThat(admin.post(path(key) + "/disable", "").json().get("version").longValue())
        .isEqualTo(3);

    assertThat(admin.post(path(key) + "/enable", "").outcome()).isEqualTo("200");
    assertThat(may(key)).containsExactlyElementsOf(codes(MemberRole.VIEWER));
  }

  @Test
  void a_role_takes_back_its_own_and_leaves_what_was_given_by_hand() {
    Key key = key();
    String body =
        """
        {"subject_type": "api_key", "subject_id": "%s", "resource_type": "project", "resource_id": "%s",
         "code": "dataset.view"}
        """
            .formatted(key.id(), TestWorld.PROJECT);
    assertThat(admin.post("/v1/permission-grants", body).outcome()).isEqualTo("201");
    invited(admin, key, "owner");

    admin.post(MEMBERS + "/invite", body(key().id(), "owner"));
    assertThat(admin.delete(path(key)).outcome()).isEqualTo("204");

    String grants =
        "/v1/permission-grants?subject_type=api_key&subject_id=" + key.id() + "&limit=200";
    assertThat(admin.get(grants).json().get("permission_grants"))
        .extracting(grant -> grant.get("code").asString() + " " + grant.get("source").asString())
        .containsExactly("dataset.view manual");
  }

  @Test
  void somebody_answers_for_a_project_once_somebody_does() {
    Key owner = key();
    Key other = key();
    invited(admin, owner, "owner");
    invited(admin, other, "viewer");
    String last = "409 project_member.last_owner";

    assertThat(owner.calls().delete(path(owner)).outcome()).isEqualTo(last);
    assertThat(admin.patch(path(owner), "{\"role\": \"viewer\"}").outcome()).isEqualTo(last);
    assertThat(admin.post(path(owner) + "/disable", "").outcome()).isEqualTo(last);
    assertThat(owner.calls().patch(path(other), "{\"role\": \"owner\"}").outcome())
        .isEqualTo("200");
    assertThat(other.calls().delete(path(owner)).outcome()).isEqualTo("204");
    assertThat(other.calls().delete(path(other)).outcome()).isEqualTo(last);
  }

  @Test
  void nobody_gives_or_takes_a_role_that_has_more_than_they_have() {
    Key owner = key();
    invited(admin, owner, "owner");
    HttpCalls deputy =
        world.as(
            world.keyWith(
                Stream.concat(
                        Stream.of(Permission.PROJECT_MEMBERS_MANAGE),
                        MemberRole.VIEWER.permissions().stream())
                    .toArray(Permission[]::new)));
    Key key = key();

    invited(deputy, key, "viewer");
    assertThat(deputy.patch(path(key), "{\"role\": \"operator\"}").outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(deputy.post(MEMBERS + "/invite", body(key().id(), "owner")).outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(deputy.post(path(owner) + "/disable", "").outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(deputy.delete(path(owner)).outcome()).isEqualTo("403 auth.permission_denied");
    assertThat(deputy.delete(path(key)).outcome()).isEqualTo("204");
  }

  @Test
  void members_are_listed_newest_first_to_who_may_see_them() {
    Key a = key();
    Key b = key();
    JsonNode first = invited(admin, a, "viewer");
    JsonNode second = invited(admin, b, "operator");

    JsonNode page = admin.get(MEMBERS + "?limit=1").json();
    String cursor = page.get("next_cursor").asString();
    assertThat(page.get("members")).containsExactly(second);
    assertThat(admin.get(MEMBERS + "?limit=1&cursor=" + cursor).json().get("members"))
        .containsExactly(first);
    assertThat(a.calls().get(MEMBERS).json().get("members")).hasSize(2);
    assertThat(world.as(TestWorld.VIEWER).get(MEMBERS).outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(world.as(TestWorld.OTHER).get(MEMBERS).outcome()).isEqualTo("404 project.not_found");
  }

  @Test
  void another_tenant_finds_neither_the_project_nor_its_members() {
    Key key = key();
    invited(admin, key, "viewer");
    HttpCalls other = world.as(TestWorld.OTHER);

    assertThat(other.post(MEMBERS + "/invite", body(UUID.randomUUID(), "viewer")).outcome())
        .isEqualTo("404 project.not_found");
    assertThat(other.delete(path(key)).outcome()).isEqualTo("404 project.not_found");
    String theirs = "/v1/projects/" + TestWorld.OTHER_PROJECT + "/members";
    String toKey = body(key.id(), "viewer").replace("\"user\"", "\"api_key\"");
    assertThat(other.post(theirs + "/invite", toKey).outcome()).isEqualTo("404 api_key.not_found");
  }

  @Test
  void every_change_is_audited_with_what_was_and_what_is() {
    Key key = key();
    invited(admin, key, "viewer");
    admin.patch(path(key), "{\"role\": \"operator\"}");
    admin.patch(path(key), "{\"role\": \"operator\"}");
    admin.post(path(key) + "/disable", "");
    admin.post(path(key) + "/enable", "");
    admin.delete(path(key));

    List<AuditEvent> rows =
        world.rows.facts().audit().stream()
            .filter(row -> row.resourceType().equals("project_member"))
            .toList();
    assertThat(rows)
        .extracting(AuditEvent::action)
        .containsExactly(
            "project_member.invited",
            "project_member.changed",
            "project_member.disabled",
            "project_member.enabled",
            "project_member.removed");
    assertThat(rows.get(1).details().toString()).contains("role=viewer", "role=operator");
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThat(admin.post(MEMBERS + "/invite", "{}").fieldErrors())
        .containsExactlyInAnyOrder(
            "subject_type request.field_required",
            "subject_id request.field_required",
            "role request.field_required");
    String robot = body(TestWorld.ROBOT_17, "boss").replace("\"user\"", "\"device\"");
    assertThat(admin.post(MEMBERS + "/invite", robot).fieldErrors())
        .containsExactlyInAnyOrder(
            "subject_type request.unknown_value", "role request.unknown_value");
  }

  @Test
  void a_project_is_open_to_a_device_from_its_grant_to_the_end_of_it() {
    HttpCalls robot = world.as(TestWorld.DEVICE_17);
    String elsewhere = "/v1/projects/" + TestWorld.ARCHIVED_PROJECT;
    String grant = elsewhere + "/devices/" + TestWorld.ROBOT_17 + "/grant";
    assertThat(robot.get(elsewhere).outcome()).isEqualTo("404 project.not_found");

    JsonNode granted = admin.post(grant, "").json();
    assertThat(granted.get("permissions")).hasSize(9);
    assertThat(robot.get(elsewhere).json().get("effective_permissions"))
        .isEqualTo(granted.get("permissions"));
    assertThat(admin.post(grant, "").outcome()).isEqualTo("201");

    assertThat(admin.delete(grant).outcome()).isEqualTo("204");
    assertThat(admin.delete(grant).outcome()).isEqualTo("204");
    assertThat(robot.get(elsewhere).outcome()).isEqualTo("404 project.not_found");
    Map<String, String> project = Map.of("project_id", TestWorld.ARCHIVED_PROJECT.toString());
    assertThat(world.rows.facts().audit())
        .extracting(AuditEvent::action, AuditEvent::details)
        .containsExactly(
            tuple("device.project_granted", Map.of("after", project)),
            tuple("device.project_revoked", Map.of("before", project)));
    assertThat(admin.post(grant.replace(TestWorld.ROBOT_17.toString(), key().id() + ""), ""))
        .extracting(HttpAnswer::outcome)
        .isEqualTo("404 device.not_found");
  }

  /** A key that may do nothing yet. */
  private record Key(UUID id, HttpCalls calls) {}

  private Key key() {
    JsonNode made = admin.post("/v1/api-keys", "{\"name\": \"of line 3\"}").json();
    return new Key(
        UUID.fromString(made.at("/api_key/api_key_id").asString()),
        world.as(made.get("key_material").asString()));
  }

  private static JsonNode invited(HttpCalls caller, Key key, String role) {
    String body = body(key.id(), role).replace("\"user\"", "\"api_key\"");
    HttpAnswer answer = caller.post(MEMBERS + "/invite", body);
    assertThat(answer.outcome()).isEqualTo("201");
    return answer.json();
  }

  private static String body(UUID subject, String role) {
    return "{\"subject_type\": \"user\", \"subject_id\": \"%s\", \"role\": \"%s\"}"
        .formatted(subject, role);
  }

  private static String path(Key key) {
    return MEMBERS + "/" + key.id();
  }

  /** What a key may do in the project. */
  private static List<String> may(Key key) {
    return key.calls()
        .get(PROJECT)
        .json()
        .get("effective_permissions")
        .valueStream()
        .map(JsonNode::asString)
        .toList();
  }

  private static List<String> codes(MemberRole role) {
    return role.permissions().stream().map(Permission::code).sorted().toList();
  }
}
