package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.event.AuditEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/projects/{project_id}/devices}. */
class DeviceApiTest {
  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String DEVICES = PROJECT + "/devices";
  private static final String PRESS =
      "{\"name\": \"Press 1\", \"device_code\": \"press-1\", \"device_type\": \"press\"}";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_device_is_pending_until_it_shows_its_credential_and_uploads_then() {
    JsonNode made = registered();
    assertThat(made.at("/device/status").asString()).isEqualTo("PENDING");
    assertThat(made.at("/credential/credential_material").asString())
        .matches("wbd_[A-Za-z0-9_-]{43}");

    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");

    JsonNode seen = admin.get(path(made)).json();
    assertThat(seen.get("status").asString()).isEqualTo("ACTIVE");
    assertThat(seen.get("credential_version").intValue()).isEqualTo(1);
    assertThat(admin.get(DEVICES).json().get("devices")).containsExactly(seen);
    assertThat(
            press(made)
                .post(
                    PROJECT + "/upload-tasks",
                    "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 9}]}")
                .outcome())
        .isEqualTo("201");
  }

  @Test
  void a_device_that_speaks_http_was_seen_and_tells_of_no_connection() {
    JsonNode made = registered();
    assertThat(admin.get(path(made)).json().get("last_seen_at").isNull()).isTrue();

    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");
    String first = world.time.instant().toString();
    world.time.advance(Duration.ofSeconds(59));
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");

    JsonNode seen = admin.get(path(made)).json();
    assertThat(seen.get("last_seen_at").asString()).as("once a minute").isEqualTo(first);
    assertThat(seen.get("online").booleanValue()).isFalse();
    assertThat(seen.get("connection_id").isNull()).isTrue();
    world.time.advance(Duration.ofSeconds(1));
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");
    assertThat(admin.get(path(made)).json().get("last_seen_at").asString())
        .isEqualTo(world.time.instant().toString());
  }

  @Test
  void a_device_that_is_disabled_is_let_in_again_when_it_is_enabled() {
    JsonNode made = registered();
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");

    assertThat(done(made, "/disable").get("status").asString()).isEqualTo("DISABLED");
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("403 device.inactive");
    assertThat(done(made, "/enable").get("status").asString()).isEqualTo("ACTIVE");
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");
  }

  @Test
  void a_device_that_was_never_seen_is_pending_again_when_it_is_enabled() {
    JsonNode made = registered();

    done(made, "/disable");

    assertThat(done(made, "/enable").get("status").asString()).isEqualTo("PENDING");
  }

  @Test
  void a_revoked_device_never_comes_back() {
    JsonNode made = registered();

    assertThat(done(made, "/revoke").get("status").asString()).isEqualTo("REVOKED");

    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("401 auth.api_key_invalid");
    assertThat(admin.post(path(made) + "/enable", "").outcome())
        .isEqualTo("409 device.invalid_state");
    assertThat(admin.post(path(made) + "/credentials/rotate", "").outcome())
        .isEqualTo("409 device.invalid_state");
  }

  @Test
  void an_old_credential_ends_when_the_new_one_is_shown() {
    JsonNode made = registered();
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");

    JsonNode rotated = admin.post(path(made) + "/credentials/rotate", "{}").json();
    assertThat(rotated.at("/device/credential_version").intValue()).isEqualTo(2);
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");
    assertThat(press(rotated).get(PROJECT).outcome()).isEqualTo("200");

    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("401 auth.api_key_invalid");
    assertThat(world.rows.facts().audit())
        .filteredOn(row -> row.action().equals("device.credential_rotated"))
        .singleElement()
        .extracting(AuditEvent::details, as(MAP))
        .containsKeys("before", "after")
        .containsEntry("credential_version", 2);
  }

  @Test
  void an_old_credential_ends_with_the_overlap_though_the_new_one_was_lost() {
    JsonNode made = registered();
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");

    admin.post(path(made) + "/credentials/rotate", "{\"overlap_seconds\": 60}");
    JsonNode second =
        admin
            .post(
                path(made) + "/credentials/rotate",
                "{\"overlap_seconds\": 60, \"expires_in_seconds\": 120}")
            .json();

    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("200");
    world.time.advance(Duration.ofSeconds(60));
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("401 auth.api_key_expired");
    assertThat(press(second).get(PROJECT).outcome()).isEqualTo("200");
    world.time.advance(Duration.ofSeconds(60));
    assertThat(press(second).get(PROJECT).outcome()).isEqualTo("401 auth.api_key_expired");
    assertThat(
            admin
                .post(
                    path(made) + "/credentials/rotate",
                    "{\"overlap_seconds\": -1, \"expires_in_seconds\": 0}")
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "overlap_seconds request.out_of_range", "expires_in_seconds request.out_of_range");
  }

  @Test
  void revoked_credentials_are_worth_nothing_until_a_rotation_gives_another() {
    JsonNode made = registered();

    done(made, "/credentials/revoke");
    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("401 auth.api_key_invalid");

    JsonNode rotated = admin.post(path(made) + "/credentials/rotate", "").json();
    assertThat(press(rotated).get(PROJECT).outcome()).isEqualTo("200");
  }

  @Test
  void a_device_is_changed_and_deleted_and_its_code_is_free() {
    JsonNode made = registered();
    JsonNode changed = admin.patch(path(made), "{\"name\": \"Press one\", \"version\": 1}").json();
    assertThat(changed.get("name").asString()).isEqualTo("Press one");
    assertThat(changed.get("device_type").asString()).isEqualTo("press");
    assertThat(admin.patch(path(made), "{\"name\": \"x\", \"version\": 1}").outcome())
        .isEqualTo("409 request.version_conflict");
    assertThat(admin.post(DEVICES, PRESS).outcome()).isEqualTo("409 device.code_taken");

    assertThat(admin.delete(path(made)).outcome()).isEqualTo("204");

    assertThat(press(made).get(PROJECT).outcome()).isEqualTo("401 auth.api_key_invalid");
    assertThat(admin.get(path(made)).outcome()).isEqualTo("404 device.not_found");
    assertThat(admin.post(DEVICES, PRESS).outcome()).isEqualTo("201");
  }

  @Test
  void what_a_device_is_asked_is_kept_until_it_is_not_worth_telling() {
    JsonNode made = registered();
    HttpAnswer asked =
        admin.post(
            path(made) + "/upload",
            "{\"paths\": [\"/data/run-42/*.mcap\"], \"task_name\": \"run 42\", \"priority\": 7}");
    assertThat(asked.outcome()).isEqualTo("202");
    String commands = path(made) + "/commands";
    String one = commands + "/" + asked.json().get("command_id").asString();

    assertThat(admin.get(commands).json().get("device_commands")).containsExactly(asked.json());
    assertThat(admin.get(one).json().at("/payload/paths/0").asString())
        .isEqualTo("/data/run-42/*.mcap");
    world.time.advance(Duration.ofDays(1));
    assertThat(admin.get(one).json().get("status").asString()).isEqualTo("EXPIRED");
    assertThat(admin.get(commands + "/" + TestWorld.id(0xfff)).outcome())
        .isEqualTo("404 device_command.not_found");
    assertThat(
            admin.post(path(made) + "/upload", "{\"paths\": [], \"priority\": 12}").fieldErrors())
        .containsExactlyInAnyOrder("paths request.out_of_range", "priority request.out_of_range");
  }

  @Test
  void another_tenant_or_project_does_not_see_a_device() {
    JsonNode made = registered();

    assertThat(world.as(TestWorld.OTHER).get(path(made)).outcome())
        .isEqualTo("404 device.not_found");
    assertThat(
            admin
                .get(
                    "/v1/projects/"
                        + TestWorld.ARCHIVED_PROJECT
                        + "/devices/"
                        + made.at("/device/device_id").asString())
                .outcome())
        .isEqualTo("404 device.not_found");
    assertThat(world.as(TestWorld.VIEWER).get(path(made)).outcome())
        .isEqualTo("404 device.not_found");
  }

  @Test
  void every_change_is_audited_and_told_without_the_secret() {
    HttpCalls keyed = admin.with("Idempotency-Key", "press 1");
    JsonNode made = keyed.post(DEVICES, PRESS).json();
    JsonNode again = keyed.post(DEVICES, PRESS).json();
    String secret = made.at("/credential/credential_material").asString();
    assertThat(again.at("/credential/credential_material").isNull()).isTrue();
    assertThat(again.get("device")).isEqualTo(made.get("device"));
    done(made, "/disable");
    done(made, "/disable");
    done(made, "/enable");
    done(made, "/revoke");

    assertThat(world.rows.facts().outbox())
        .extracting(row -> row.type())
        .containsExactly(
            "device.registered", "device.disabled", "device.enabled", "device.revoked");
    assertThat(world.rows.facts().toString()).doesNotContain(secret, Authenticate.hashOf(secret));
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    assertThat(
            admin
                .post(
                    DEVICES,
                    "{\"name\": \" \", \"device_code\": \"-\", \"metadata\": {\"token\": 1},"
                        + " \"expires_in_seconds\": 0}")
                .fieldErrors())
        .containsExactlyInAnyOrder(
            "name request.field_required",
            "device_code request.field_invalid",
            "metadata.token metadata.secret_key",
            "expires_in_seconds request.out_of_range");
  }

  private JsonNode registered() {
    HttpAnswer made = admin.post(DEVICES, PRESS);
    assertThat(made.outcome()).isEqualTo("201");
    return made.json();
  }

  private HttpCalls press(JsonNode withCredential) {
    return world.as(withCredential.at("/credential/credential_material").asString());
  }

  private JsonNode done(JsonNode made, String what) {
    HttpAnswer answer = admin.post(path(made) + what, "");
    assertThat(answer.outcome()).isEqualTo("200");
    return answer.json();
  }

  private static String path(JsonNode made) {
    return DEVICES + "/" + made.at("/device/device_id").asString();
  }
}
