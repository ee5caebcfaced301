package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Registered;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A device changes its own credential over MQTT, and is never without one that is good. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class RotationOverMqttTest {
  private static final String DEVICES = "/v1/projects/" + TwoPartUpload.PROJECT + "/devices";
  private static final String TASKS = "/v1/projects/" + TwoPartUpload.PROJECT + "/upload-tasks";
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Site site;

  RotationOverMqttTest(Site site) {
    this.site = site;
  }

  /** One that may upload to the project. */
  private static Registered registered(Api admin) {
    Registered device = Registered.by(admin);
    device.move(admin, "grant");
    return device;
  }

  private Device connect(Registered device) {
    return Device.connect(
        site.configuration(), device.id(), device.secret(), Duration.ofSeconds(5));
  }

  @Test
  void the_new_secret_is_told_once_and_the_old_one_is_good_until_the_new_one_is_shown() {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      Registered before = registered(admin);
      String requestId = UUID.randomUUID().toString();
      String request =
          "{\"request_id\":\"%s\",\"command\":\"rotate_credential\",\"payload\":{}}"
              .formatted(requestId);
      JsonNode told;
      try (Device device = connect(before);
          Api old = new Api(site.api(), before.secret())) {
        assertThat(old.get(TASKS).status()).isEqualTo(200);
        told = device.askAs(requestId, request).path("result");
        JsonNode again = device.askAs(requestId, request).path("result");

        assertThat(told.path("credential_material").asString()).startsWith("wbd_");
        assertThat(told.path("credential_version").asInt()).isEqualTo(2);
        assertThat(again.path("credential_material").asString("")).isEmpty();
        assertThat(again.path("credential_id")).isEqualTo(told.path("credential_id"));
        assertThat(versions(before)).containsExactly("1", "2");

        // It goes on as if nothing had happened, here and elsewhere.
        assertThat(device.result("describe", "{}").path("server_time").asString()).isNotEmpty();
        assertThat(old.get(TASKS).status()).isEqualTo(200);
      }
      connect(before).close();

      Registered after = new Registered(before.id(), told.path("credential_material").asString());
      try (Api fresh = new Api(site.api(), after.secret());
          Api old = new Api(site.api(), before.secret())) {
        assertThat(fresh.get(TASKS).status()).isEqualTo(200);
        Awaitility.await().atMost(LONG).until(() -> old.get(TASKS).status() == 401);
        assertThat(live(before)).containsExactly("2");
      }
      connect(after).close();
      holdsNoSecret(admin, before, after);
    }
  }

  @Test
  void without_the_new_one_the_old_one_ends_with_the_overlap() {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      Registered before = registered(admin);
      try (Device device = connect(before);
          Api old = new Api(site.api(), before.secret())) {
        assertThat(old.get(TASKS).status()).isEqualTo(200);
        device.result("rotate_credential", "{}");
        assertThat(
                site.database()
                    .count(
                        "select round(extract(epoch from expires_at - now()) / 60) from"
                            + " device_credentials where device_id = ? and credential_version = 1",
                        before.id()))
            .isBetween(50L, 60L);

        assertThat(
                site.database()
                    .change(
                        "update device_credentials set issued_at = now() - interval '2 hours',"
                            + " expires_at = now() - interval '1 hour'"
                            + " where device_id = ? and credential_version = 1",
                        before.id()))
            .isEqualTo(1);

        Awaitility.await().atMost(LONG).until(() -> old.get(TASKS).status() == 401);
      }
    }
  }

  /** A lost answer costs a request, and never the device. */
  @Test
  void who_lost_the_answer_asks_anew_and_is_told_another_secret() {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      Registered before = registered(admin);
      try (Device device = connect(before)) {
        JsonNode lost = device.result("rotate_credential", "{}");
        JsonNode told = device.result("rotate_credential", "{}");

        assertThat(told.path("credential_version").asInt()).isEqualTo(3);
        assertThat(told.path("credential_material")).isNotEqualTo(lost.path("credential_material"));
        try (Api old = new Api(site.api(), before.secret());
            Api never = new Api(site.api(), lost.path("credential_material").asString());
            Api fresh = new Api(site.api(), told.path("credential_material").asString())) {
          assertThat(old.get(TASKS).status()).isEqualTo(200);
          assertThat(never.get(TASKS).code()).isEqualTo("auth.api_key_invalid");
          assertThat(fresh.get(TASKS).status()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void nobody_gets_a_secret_for_a_device_that_was_ended() {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      for (String end : List.of("/disable", "/revoke")) {
        Registered ended = registered(admin);
        try (Device device = connect(ended)) {
          device.result("describe", "{}");
          admin.post(DEVICES + "/" + ended.id() + end, "").ok();

          // A broker that lets it stay is not believed; one that ends it does not answer.
          device.say(
              "{\"request_id\":\"late\",\"command\":\"rotate_credential\",\"payload\":{}}"
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8));
          Awaitility.await()
              .atMost(LONG)
              .until(() -> new Api(site.api(), ended.secret()).get(TASKS).status() >= 400);
        }
        assertThat(versions(ended)).containsExactly("1");
      }
    }
  }

  /** What the audit keeps of it: before and after, by whom, and no secret. */
  private void holdsNoSecret(Api admin, Registered before, Registered after) {
    JsonNode rows =
        admin
            .get("/v1/audit-events?limit=200&resource_type=device&resource_id=" + before.id())
            .ok()
            .path("audit_events");
    JsonNode rotated =
        rows.valueStream()
            .filter(row -> row.path("action").asString().equals("device.credential_rotating"))
            .findFirst()
            .orElseThrow();
    assertThat(rotated.path("actor").asString()).isEqualTo("device:" + before.id());
    assertThat(rotated.path("transport").asString()).isEqualTo("mqtt");
    assertThat(rotated.at("/before/credential_version").asInt()).isEqualTo(1);
    assertThat(rotated.at("/after/credential_version").asInt()).isEqualTo(2);
    assertThat(rows.toString()).doesNotContain(before.secret(), after.secret());
    for (String table : List.of("audit_events", "outbox_events", "idempotency_records")) {
      assertThat(
              site.database()
                  .count(
                      "select count(*) from %s one where one::text like ?".formatted(table),
                      "%" + after.secret() + "%"))
          .as(table)
          .isZero();
    }
  }

  private List<String> versions(Registered device) {
    return site.database()
        .texts(
            "select credential_version from device_credentials where device_id = ?"
                + " order by credential_version",
            device.id());
  }

  private List<String> live(Registered device) {
    return site.database()
        .texts(
            "select credential_version from device_credentials where device_id = ?"
                + " and revoked_at is null order by credential_version",
            device.id());
  }
}
