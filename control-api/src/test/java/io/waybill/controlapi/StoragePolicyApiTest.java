package io.waybill.controlapi;

import static io.waybill.controlapi.PolicySituations.POLICIES;
import static io.waybill.controlapi.PolicySituations.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import io.waybill.core.storage.Capability;
import io.waybill.core.upload.Limits;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/storage-policies}. */
class StoragePolicyApiTest {
  private static final String TASKS = "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_policy_is_made_read_listed_and_changed() {
    JsonNode made = created(policy("line 3"));
    assertThat(made.get("default_part_size_bytes").asLong()).isEqualTo(64L << 20);
    assertThat(made.get("checksum_mode").asString()).isEqualTo("CLIENT_REPORTED");
    assertThat(made.get("region").asString()).isEqualTo("us-east-1");
    assertThat(admin.get(path(made)).json()).isEqualTo(made);
    assertThat(admin.get(POLICIES).json().at("/storage_policies")).contains(made);

    String change = "{\"retention_days\": 30, \"content_types\": [\"video/mp4\"], \"version\": 1}";
    JsonNode changed = admin.patch(path(made), change).json();
    assertThat(changed.get("retention_days").asInt()).isEqualTo(30);
    assertThat(changed.at("/content_types/0").asString()).isEqualTo("video/mp4");
    assertThat(changed.get("version").asLong()).isEqualTo(2);
    assertThat(admin.patch(path(made), change).outcome()).isEqualTo("409 request.version_conflict");
    JsonNode bare = admin.patch(path(made), "{\"retention_days\": 0}").json();
    assertThat(bare.get("retention_days").isNull()).isTrue();
    assertThat(world.rows.facts().audit())
        .extracting(row -> row.action())
        .containsSubsequence(
            "storage_policy.created", "storage_policy.updated", "storage_policy.updated");
  }

  @Test
  void uploads_go_by_the_default_and_never_by_a_disabled_one() {
    JsonNode made = created(policy("line 3"));
    String smallParts = "{\"is_default\": true, \"default_part_size_bytes\": 6291456}";
    assertThat(admin.patch(path(made), smallParts).outcome()).isEqualTo("200");

    String one = "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]%s}";
    JsonNode task = admin.post(TASKS, one.formatted("")).json();
    assertThat(task.at("/objects/0/part_size_bytes").asLong()).isEqualTo(6L << 20);
    String before = POLICIES + "/" + TestWorld.id(3);
    assertThat(admin.get(before).json().get("is_default").asBoolean()).isFalse();

    assertThat(admin.patch(path(made), "{\"status\": \"DISABLED\"}").fieldErrors())
        .containsExactly("is_default storage_policy.default_disabled");
    assertThat(admin.patch(before, "{\"status\": \"DISABLED\"}").outcome()).isEqualTo("200");
    String by = ", \"storage_policy_id\": \"%s\"".formatted(TestWorld.id(3));
    assertThat(admin.post(TASKS, one.formatted(by)).fieldErrors())
        .containsExactly("storage_policy_id storage_policy.not_found");
  }

  @Test
  void only_what_the_operator_has_configured_can_be_named() {
    String foreign =
        """
        {"name": "a", "endpoint_ref": "%s", "bucket": "%s", "region": "%s"%s}
        """;
    assertThat(
            admin
                .post(POLICIES, foreign.formatted("http://10.0.0.1", "robot-data", "eu", ""))
                .fieldErrors())
        .containsExactly("endpoint_ref storage_policy.not_configured");
    assertThat(
            admin
                .post(
                    POLICIES,
                    foreign.formatted(
                        "default",
                        "foreign",
                        "eu",
                        ", \"encryption_mode\": \"SSE_KMS\", \"kms_key_ref\": \"arn:a\""))
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "bucket storage_policy.not_configured",
            "region request.field_invalid",
            "kms_key_ref storage_policy.not_configured",
            "encryption_mode storage_policy.capability_unknown");
  }

  @Test
  void a_disabled_one_names_nothing_new_that_is_not_configured() {
    String strange =
        """
        {"name": "a", "status": "DISABLED", "endpoint_ref": "nowhere", "bucket": "no", "kms_key_ref": "none"}
        """;
    assertThat(admin.post(POLICIES, strange).fieldErrors())
        .containsExactly("endpoint_ref storage_policy.not_configured");
    JsonNode made = created(policy("line 3"));
    assertThat(
            admin
                .patch(path(made), "{\"status\": \"DISABLED\", \"kms_key_ref\": \"none\"}")
                .fieldErrors())
        .containsExactly("kms_key_ref request.field_invalid");
    assertThat(admin.patch(path(made), "{\"status\": \"DISABLED\"}").outcome()).isEqualTo("200");
  }

  @Test
  void an_upload_whose_keys_are_lost_is_refused_whole_and_leaves_nothing_open() {
    PolicySituations.find(world, Set.of(Capability.SSE_KMS));
    String by =
        created(policy("by key").replace("}", ", \"encryption_mode\": \"SSE_KMS\"}"))
            .get("storage_policy_id")
            .asString();
    String task =
        "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}], \"storage_policy_id\": \"%s\"}"
            .formatted(by);
    HttpCalls keyed = admin.with("Idempotency-Key", "by key");
    world.objects.loseKeys(true);

    HttpAnswer refused = keyed.post(TASKS, task);

    assertThat(refused.outcome()).isEqualTo("503 storage.kms_unavailable");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(world.objects.openUploads()).isEmpty();
    world.objects.loseKeys(false);
    assertThat(keyed.post(TASKS, task).outcome()).isEqualTo("201");
    assertThat(world.objects.openUploads()).hasSize(1);
  }

  @Test
  void what_the_store_does_not_do_is_refused_when_the_policy_is_saved() {
    JsonNode made = created(policy("line 3"));
    String lock = "{\"object_lock_mode\": \"GOVERNANCE\", \"object_lock_days\": 30}";
    assertThat(admin.patch(path(made), lock).fieldErrors())
        .containsExactly("object_lock_mode storage_policy.capability_unknown");

    PolicySituations.find(world, Set.of(Capability.CHECKSUM_CRC32C));
    assertThat(admin.patch(path(made), lock).fieldErrors())
        .containsExactly("object_lock_mode storage_policy.capability_missing");
    assertThat(admin.patch(path(made), "{\"object_lock_mode\": \"COMPLIANCE\"}").fieldErrors())
        .containsExactlyInAnyOrder(
            "object_lock_days request.field_required",
            "object_lock_mode storage_policy.capability_missing");
    assertThat(admin.patch(path(made), "{\"checksum_mode\": \"SERVER_ASYNC_VALIDATE\"}").outcome())
        .as("what our workers do, they do at any store")
        .isEqualTo("200");

    PolicySituations.find(world, Set.of(Capability.OBJECT_LOCK));
    assertThat(admin.patch(path(made), lock).json().get("object_lock_days").asInt()).isEqualTo(30);
  }

  @Test
  void every_field_has_its_bounds_and_all_mistakes_are_said_at_once() {
    String wrong =
        """
        {"name": " ", "endpoint_ref": "default", "bucket": "robot-data", "default_part_size_bytes": 5242881,
         "url_life_seconds": 59, "session_life_seconds": 7200, "max_session_life_seconds": 3600,
         "retention_days": -1, "content_types": ["video"], "checksum_mode": "MD5", "is_default": "yes"}
        """;
    assertThat(admin.post(POLICIES, wrong).fieldErrors())
        .containsExactlyInAnyOrder(
            "checksum_mode request.unknown_value", "is_default request.field_type");
    assertThat(
            admin
                .post(POLICIES, wrong.replace("\"MD5\"", "\"NONE\"").replace("\"yes\"", "false"))
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "name request.field_required",
            "default_part_size_bytes request.field_invalid",
            "url_life_seconds request.out_of_range",
            "session_life_seconds request.out_of_range",
            "retention_days request.out_of_range",
            "content_types[0] request.field_invalid");
  }

  @Test
  void no_policy_lets_uploads_take_longer_than_the_installation_does() {
    Limits.SessionLife day = new Limits.SessionLife(Duration.ofHours(24), Duration.ofHours(24));
    try (TestWorld bounded = new TestWorld(Limits.standard().with(day))) {
      String longer =
          policy("longer")
              .replace(
                  "}", ", \"session_life_seconds\": 86401, \"max_session_life_seconds\": 90000}");
      assertThat(bounded.as(TestWorld.ADMIN).post(POLICIES, longer).fieldErrors())
          .containsExactlyInAnyOrder(
              "session_life_seconds request.out_of_range",
              "max_session_life_seconds request.out_of_range");
    }
  }

  @Test
  void another_tenants_policy_is_not_there_and_a_viewer_changes_nothing() {
    JsonNode made = created(policy("line 3"));
    HttpCalls other = world.as(TestWorld.OTHER);
    assertThat(other.get(path(made)).outcome()).isEqualTo("404 storage_policy.not_found");
    assertThat(other.patch(path(made), "{\"name\": \"mine\"}").outcome())
        .isEqualTo("404 storage_policy.not_found");
    assertThat(other.get(POLICIES).json().at("/storage_policies")).hasSize(1);

    HttpCalls viewer = world.as(world.keyWith(Permission.STORAGE_POLICY_VIEW));
    assertThat(viewer.get(path(made)).outcome()).isEqualTo("200");
    assertThat(viewer.patch(path(made), "{\"name\": \"mine\"}").outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(world.as(TestWorld.NOBODY).get(path(made)).outcome())
        .isEqualTo("404 storage_policy.not_found");
    assertThat(world.as(TestWorld.NOBODY).get(POLICIES).json().at("/storage_policies")).isEmpty();
  }

  private JsonNode created(String body) {
    HttpAnswer made = admin.post(POLICIES, body);
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private static String path(JsonNode policy) {
    return POLICIES + "/" + policy.get("storage_policy_id").asString();
  }
}
