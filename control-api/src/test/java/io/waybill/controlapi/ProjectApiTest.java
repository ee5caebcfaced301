package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/projects}: making, changing and ending them. */
class ProjectApiTest {
  private static final String PROJECTS = "/v1/projects";
  private static final String FULL =
      """
      {"slug": "line-9", "name": "Line 9", "description": "by night", "metadata": {"hall": 4},
       "metadata_schema": {"type": "object", "required": ["site"], "properties": {"site": {"type": "string"}}},
       "quota": {"max_bytes": 1000000000000, "max_open_uploads": 7}, "retention_days": 30}
      """;
  private static final String BARE = "{\"slug\": \"line-9\", \"name\": \"Line 9\"}";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_project_is_made_whole_and_read_as_it_was_made() {
    JsonNode made = created(FULL);

    assertThat(made.at("/quota/max_open_uploads").intValue()).isEqualTo(7);
    assertThat(made.at("/quota/used_bytes").longValue()).isZero();
    assertThat(made.at("/metadata_schema/required/0").asString()).isEqualTo("site");
    assertThat(made.get("retention_days").intValue()).isEqualTo(30);
    assertThat(made.get("effective_permissions").toString()).contains("project.delete");
    assertThat(admin.get(path(made)).json()).isEqualTo(made);
    assertThat(admin.get(PROJECTS).json().at("/projects/0")).isEqualTo(made);
    assertThat(world.as(TestWorld.OTHER).get(path(made)).outcome())
        .isEqualTo("404 project.not_found");
  }

  @Test
  void a_patch_changes_what_it_names_and_is_refused_when_it_is_stale() {
    JsonNode made = created(FULL);

    JsonNode changed =
        admin
            .patch(
                path(made),
                "{\"name\": \"Line nine\", \"version\": 1, \"quota\": {\"max_bytes\": 0}}")
            .json();
    assertThat(changed.get("name").asString()).isEqualTo("Line nine");
    assertThat(changed.get("description").asString()).isEqualTo("by night");
    assertThat(changed.at("/quota/max_bytes").isNull()).isTrue();
    assertThat(changed.at("/quota/max_open_uploads").intValue()).isEqualTo(7);
    assertThat(changed.get("version").longValue()).isEqualTo(2);

    assertThat(admin.patch(path(made), "{\"name\": \"x\", \"version\": 1}").outcome())
        .isEqualTo("409 request.version_conflict");
    JsonNode bare =
        admin.patch(path(made), "{\"description\": \"\", \"metadata_schema\": {}}").json();
    assertThat(bare.get("description").isNull()).isTrue();
    assertThat(bare.get("metadata_schema").isNull()).isTrue();
    assertThat(admin.patch(path(made), "{}").json().get("version").longValue()).isEqualTo(3);
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    assertThat(
            admin
                .post(
                    PROJECTS,
                    """
                    {"slug": "Line 9", "name": " ", "retention_days": -1, "quota": {"max_bytes": -1},
                     "metadata": {"password": "x"}, "metadata_schema": {"type": "objekt"}}
                    """)
                .fieldErrors())
        .contains(
            "slug request.field_invalid",
            "name request.field_required",
            "retention_days request.out_of_range",
            "quota.max_bytes request.out_of_range",
            "metadata.password metadata.secret_key",
            "metadata_schema.type metadata.bad_schema");
    assertThat(admin.post(PROJECTS, "{\"quota\": {\"bytes\": 1}}").fieldErrors())
        .containsExactlyInAnyOrder(
            "slug request.field_required",
            "name request.field_required",
            "quota.bytes request.unknown_field");
  }

  @Test
  void metadata_of_a_dataset_must_match_the_projects_schema() {
    String tasks = path(created(FULL)) + "/upload-tasks";
    String file =
        "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 9, \"metadata\": %s}]}";

    assertThat(admin.post(tasks, file.formatted("{}")).fieldErrors())
        .containsExactly("objects[0].metadata.site metadata.schema_mismatch");
    assertThat(admin.post(tasks, file.formatted("{\"site\": 3}")).fieldErrors())
        .containsExactly("objects[0].metadata.site metadata.schema_mismatch");
    assertThat(admin.post(tasks, file.formatted("{\"site\": \"line-3\"}")).outcome())
        .isEqualTo("201");
  }

  @Test
  void an_archived_project_takes_no_uploads_until_it_is_restored() {
    JsonNode made = created(BARE);
    String task = "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 9}]}";

    JsonNode archived = admin.post(path(made) + "/archive", "").json();
    assertThat(archived.get("status").asString()).isEqualTo("ARCHIVED");
    assertThat(archived.get("archived_at").isNull()).isFalse();
    assertThat(admin.post(path(made) + "/archive", "").json()).isEqualTo(archived);
    assertThat(admin.post(path(made) + "/upload-tasks", task).outcome())
        .isEqualTo("409 project.inactive");

    JsonNode restored = admin.post(path(made) + "/restore", "").json();
    assertThat(restored.get("archived_at").isNull()).isTrue();
    assertThat(admin.post(path(made) + "/upload-tasks", task).outcome()).isEqualTo("201");
    JsonNode quota = admin.get(path(made)).json().get("quota");
    assertThat(quota.get("open_uploads").intValue()).isEqualTo(1);
    assertThat(quota.get("reserved_bytes").longValue()).isEqualTo(9);
  }

  @Test
  void uploads_go_where_the_project_says() {
    JsonNode made = created(BARE);
    String policy = "{\"storage_policy_id\": \"%s\"}";

    JsonNode set =
        admin.post(path(made) + "/storage-policy", policy.formatted(TestWorld.id(0x3))).json();
    assertThat(set.get("storage_policy_id").asString()).isEqualTo(TestWorld.id(0x3).toString());
    assertThat(
            admin
                .post(path(made) + "/storage-policy", policy.formatted(TestWorld.id(0xa3)))
                .fieldErrors())
        .containsExactly("storage_policy_id storage_policy.not_found");
    assertThat(
            world
                .as(world.keyWith(Permission.PROJECT_UPDATE))
                .post(path(made) + "/storage-policy", policy.formatted(TestWorld.id(0x5)))
                .fieldErrors())
        .containsExactly("storage_policy_id storage_policy.not_found");
    assertThat(
            admin.post(path(made) + "/storage-policy", "").json().get("storage_policy_id").isNull())
        .isTrue();
  }

  @Test
  void a_deleted_project_is_gone_and_its_slug_is_free() {
    JsonNode made = created(BARE);
    assertThat(admin.post(PROJECTS, BARE).outcome()).isEqualTo("409 project.slug_taken");

    assertThat(admin.delete(path(made)).outcome()).isEqualTo("204");

    assertThat(admin.get(path(made)).outcome()).isEqualTo("404 project.not_found");
    assertThat(admin.delete(path(made)).outcome()).isEqualTo("404 project.not_found");
    assertThat(admin.patch(path(made), "{}").outcome()).isEqualTo("404 project.not_found");
    assertThat(created(BARE).get("project_id")).isNotEqualTo(made.get("project_id"));
  }

  @Test
  void every_change_is_audited_with_before_and_after() {
    JsonNode made = created(BARE);
    admin.patch(path(made), "{\"name\": \"Line nine\"}");
    admin.patch(path(made), "{\"name\": \"Line nine\"}");
    admin.post(path(made) + "/archive", "");
    admin.post(path(made) + "/restore", "");
    admin.delete(path(made));

    assertThat(world.rows.facts().audit())
        .extracting(row -> row.action())
        .containsExactly(
            "project.created",
            "project.updated",
            "project.archived",
            "project.restored",
            "project.deleted");
    assertThat(world.rows.facts().audit().get(1).details().toString())
        .contains("before={", "name=Line 9", "after={", "name=Line nine");
  }

  private JsonNode created(String body) {
    HttpAnswer made = admin.post(PROJECTS, body);
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private static String path(JsonNode project) {
    return PROJECTS + "/" + project.get("project_id").asString();
  }
}
