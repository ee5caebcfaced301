package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A project's own quota and its tenant's, from saying it to giving its room back. */
class QuotaApiTest {

  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String TASKS = PROJECT + "/upload-tasks";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void bytes_are_promised_when_an_upload_is_accepted_and_given_back_when_it_ends() {
    bound("\"max_bytes\": 30");
    JsonNode made = made(20);

    HttpAnswer tooMuch = create(11);

    assertThat(tooMuch.outcome()).isEqualTo("403 quota.bytes_exceeded");
    JsonNode details = tooMuch.json().at("/error/details");
    assertThat(details.at("/scope").asString()).isEqualTo("project");
    assertThat(details.at("/reserved_bytes").asLong()).isEqualTo(20);
    assertThat(details.at("/requested_bytes").asLong()).isEqualTo(11);
    assertThat(details.at("/max_bytes").asLong()).isEqualTo(30);
    assertThat(create(10).outcome()).isEqualTo("201");

    abort(made);
    assertThat(create(20).outcome()).isEqualTo("201");
  }

  @Test
  void a_tenant_s_bound_is_said_to_be_the_tenant_s() {
    world.cases.quotas().boundTenant().handle(TestWorld.TENANT, 30L);
    made(20);

    HttpAnswer tooMuch = create(11);

    assertThat(tooMuch.outcome()).isEqualTo("403 quota.bytes_exceeded");
    JsonNode details = tooMuch.json().at("/error/details");
    assertThat(details.at("/scope").asString()).isEqualTo("tenant");
    assertThat(details.at("/used_bytes").asLong()).isZero();
    assertThat(details.at("/reserved_bytes").asLong()).isEqualTo(20);
    assertThat(details.at("/max_bytes").asLong()).isEqualTo(30);
    assertThat(create(10).outcome()).isEqualTo("201");
  }

  @Test
  void a_bound_that_the_operator_gave_or_took_away_is_in_the_tenant_s_audit_trail() {
    world.cases.quotas().boundTenant().handle(TestWorld.TENANT, 30L);
    world.cases.quotas().boundTenant().handle(TestWorld.TENANT, null);

    JsonNode rows =
        admin.get("/v1/audit-events?action=quota.bounded&actor=admin").json().at("/audit_events");
    assertThat(rows).hasSize(2);
    assertThat(rows.at("/1/resource_type").asString()).isEqualTo("tenant");
    assertThat(rows.at("/1/resource_id").asString()).isEqualTo(TestWorld.TENANT.toString());
    assertThat(rows.at("/1/transport").asString()).isEqualTo("cli");
    assertThat(rows.at("/1/before").toString()).isEqualTo("{}");
    assertThat(rows.at("/1/after").toString()).isEqualTo("{\"max_bytes\":30}");
    assertThat(rows.at("/0/before")).isEqualTo(rows.at("/1/after"));
    assertThat(rows.at("/0/after").toString()).isEqualTo("{}");
  }

  @Test
  void a_retry_needs_room_as_a_create_does() {
    bound("\"max_bytes\": 30");
    JsonNode made = made(20);
    abort(made);
    assertThat(create(11).outcome()).isEqualTo("201");

    assertThat(admin.post(retryOf(made), "").outcome()).isEqualTo("403 quota.bytes_exceeded");
  }

  @Test
  void open_uploads_are_bounded_by_the_project_too() {
    bound("\"max_open_uploads\": 1");
    made(1);

    HttpAnswer tooMany = create(1);

    assertThat(tooMany.outcome()).isEqualTo("429 quota.open_uploads_exceeded");
    assertThat(tooMany.json().at("/error/details/scope").asString()).isEqualTo("project");
  }

  private void bound(String quota) {
    assertThat(admin.patch(PROJECT, "{\"quota\": {" + quota + "}}").outcome()).isEqualTo("200");
  }

  private JsonNode made(long bytes) {
    HttpAnswer answer = create(bytes);
    assertThat(answer.outcome()).isEqualTo("201");
    return answer.json();
  }

  private HttpAnswer create(long bytes) {
    return admin.post(
        TASKS,
        "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": %d}]}".formatted(bytes));
  }

  private void abort(JsonNode made) {
    String session = made.at("/objects/0/session_id").asString();
    assertThat(admin.post("/v1/uploads/" + session + "/abort", "").outcome()).isEqualTo("200");
  }

  private static String retryOf(JsonNode made) {
    String object = made.at("/objects/0/object_id").asString();
    return TASKS + "/" + made.at("/task_id").asString() + "/objects/" + object + "/retry";
  }
}
