package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/audit-events}. */
class AuditApiTest {

  private static final String AUDIT = "/v1/audit-events";
  private static final String TAGS = "/v1/projects/" + TestWorld.PROJECT + "/tags";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_change_is_told_with_who_from_where_what_was_and_what_is() {
    JsonNode tag = admin.post(TAGS, "{\"name\": \"shift\"}").json();
    HttpAnswer changed =
        admin
            .with("User-Agent", "press-tool/1.2")
            .patch(TAGS + "/" + tag.get("tag_id").asString(), "{\"name\": \"crew\"}");

    JsonNode row = admin.get(AUDIT).json().at("/audit_events/0");

    assertThat(row.get("action").asString()).isEqualTo("tag.updated");
    assertThat(row.get("actor").asString()).startsWith("api_key:");
    assertThat(row.get("resource_type").asString()).isEqualTo("tag");
    assertThat(row.get("resource_id")).isEqualTo(tag.get("tag_id"));
    assertThat(row.get("result").asString()).isEqualTo("ok");
    assertThat(row.get("request_id").asString()).isEqualTo(changed.header("X-Request-ID"));
    assertThat(row.get("address").asString()).isEqualTo("127.0.0.1");
    assertThat(row.get("user_agent").asString()).isEqualTo("press-tool/1.2");
    assertThat(row.at("/before/name").asString()).isEqualTo("shift");
    assertThat(row.at("/after/name").asString()).isEqualTo("crew");
  }

  @Test
  void rows_are_found_by_who_what_on_what_and_when() {
    JsonNode tag = admin.post(TAGS, "{\"name\": \"shift\"}").json();
    admin.post(TAGS, "{\"name\": \"crew\"}");
    String id = tag.get("tag_id").asString();
    String actor = admin.get(AUDIT).json().at("/audit_events/0/actor").asString();

    assertThat(rows("?actor=" + actor)).hasSize(2);
    assertThat(rows("?actor=worker")).isEmpty();
    assertThat(rows("?action=tag.created")).hasSize(2);
    assertThat(rows("?action=tag.deleted")).isEmpty();
    assertThat(rows("?resource_type=tag&resource_id=" + id)).hasSize(1);
    assertThat(rows("?occurred_before=2001-01-01T00:00:00Z")).isEmpty();
    assertThat(rows("?occurred_after=2001-01-01T00:00:00Z")).hasSize(2);
    JsonNode first = admin.get(AUDIT + "?limit=1").json();
    assertThat(rows("?limit=1&cursor=" + first.get("next_cursor").asString())).hasSize(1);
  }

  @Test
  void a_question_that_is_wrong_is_told_where() {
    String id = TestWorld.id(0x1).toString();
    assertThat(admin.get(AUDIT + "?resource_type=robot&resource_id=" + id).fieldErrors())
        .containsExactly("resource_type request.unknown_value");
    assertThat(admin.get(AUDIT + "?resource_id=" + id).fieldErrors())
        .containsExactly("resource_type request.field_required");
    assertThat(admin.get(AUDIT + "?resource_type=tag").fieldErrors())
        .containsExactly("resource_id request.field_required");
    assertThat(admin.get(AUDIT + "?occurred_after=yesterday").outcome())
        .isEqualTo("422 request.validation_failed");
  }

  @Test
  void a_tenant_reads_its_own_rows_and_only_with_the_right_to() {
    admin.post(TAGS, "{\"name\": \"shift\"}");

    assertThat(world.as(TestWorld.OTHER).get(AUDIT).json().get("audit_events")).isEmpty();
    assertThat(world.as(TestWorld.VIEWER).get(AUDIT).outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(world.as(world.keyWith(Permission.AUDIT_VIEW)).get(AUDIT).outcome())
        .isEqualTo("200");
  }

  @Test
  void a_program_that_calls_itself_by_a_secret_is_not_quoted() {
    admin.with("User-Agent", "Bearer abcdefgh12345678").post(TAGS, "{\"name\": \"a\"}");
    admin.with("User-Agent", "wb_" + "x".repeat(43)).post(TAGS, "{\"name\": \"b\"}");
    admin.with("User-Agent", "a".repeat(300)).post(TAGS, "{\"name\": \"c\"}");

    JsonNode found = rows("");
    assertThat(found.at("/0/user_agent").asString()).isEqualTo("a".repeat(256));
    assertThat(found.at("/1/user_agent").isNull()).isTrue();
    assertThat(found.at("/2/user_agent").isNull()).isTrue();
  }

  private JsonNode rows(String query) {
    HttpAnswer answer = admin.get(AUDIT + query);
    assertThat(answer.outcome()).isEqualTo("200");
    return answer.json().get("audit_events");
  }
}
