package io.waybill.acceptance.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What is taken back is gone with the next call to the process that took it back, although that
 * process remembers callers for seconds; in every other it is gone when their memory ends.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgottenAtOnceTest {
  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;
  private static final String TASKS = PROJECT + "/upload-tasks";
  private static final String NEW_TASK =
      "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]}";

  @TempDir private static Path folder;

  private Site site;
  private URI here;
  private URI there;
  private Api admin;

  @BeforeAll
  void start() {
    site = Site.open(folder);
    site.controlApi();
    here = site.api();
    there = site.anotherControlApi();
    admin = new Api(here, DevelopmentIdentities.API_KEY);
  }

  @AfterAll
  void stop() {
    admin.close();
    site.close();
  }

  /** Somebody who is known to both processes by now, as whoever has just asked them is. */
  private final class Known implements AutoCloseable {
    private final Api here;
    private final Api there;
    private final String path;

    private Known(String secret, String path) {
      this.here = new Api(ForgottenAtOnceTest.this.here, secret);
      this.there = new Api(ForgottenAtOnceTest.this.there, secret);
      this.path = path;
    }

    /** Both let them through to the path, and remember that. */
    private void isLetThrough() {
      assertThat(there.get(path).status()).isEqualTo(200);
      assertThat(here.get(path).status()).isEqualTo(200);
    }

    /** The next call is refused where it was taken back, and elsewhere some call is. */
    private void isRefused(String code) {
      assertThat(here.get(path).code()).isEqualTo(code);
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> there.get(path).status() != 200);
      assertThat(there.get(path).code()).isEqualTo(code);
    }

    @Override
    public void close() {
      here.close();
      there.close();
    }
  }

  @Test
  void a_revoked_key() {
    JsonNode key = key();
    grant(id(key), "ALLOW", "project.view");
    try (Known caller = new Known(secret(key), PROJECT)) {
      caller.isLetThrough();

      did("DELETE", "/v1/api-keys/" + id(key), "");

      caller.isRefused("auth.api_key_invalid");
    }
  }

  @Test
  void a_grant_that_is_taken_back() {
    JsonNode key = key();
    String grant = grant(id(key), "ALLOW", "project.view");
    try (Known caller = new Known(secret(key), PROJECT)) {
      caller.isLetThrough();

      did("DELETE", "/v1/permission-grants/" + grant, "");

      caller.isRefused("project.not_found");
    }
  }

  @Test
  void a_grant_that_is_denied_and_allowed_again() {
    JsonNode key = key();
    grant(id(key), "ALLOW", "project.view");
    try (Known caller = new Known(secret(key), PROJECT)) {
      caller.isLetThrough();

      String deny = grant(id(key), "DENY", "project.view");
      caller.isRefused("project.not_found");

      did("DELETE", "/v1/permission-grants/" + deny, "");
      assertThat(caller.here.get(PROJECT).status()).isEqualTo(200);
    }
  }

  @Test
  void a_member_who_is_disabled_enabled_promoted_and_taken_out() {
    JsonNode key = key();
    String member = PROJECT + "/members/" + id(key);
    did(
        "POST",
        PROJECT + "/members/invite",
        "{\"subject_type\": \"api_key\", \"subject_id\": \"%s\", \"role\": \"viewer\"}"
            .formatted(id(key)));
    try (Known caller = new Known(secret(key), PROJECT)) {
      caller.isLetThrough();
      did("POST", member + "/disable", "");
      caller.isRefused("project.not_found");
      did("POST", member + "/enable", "");
      assertThat(caller.here.get(PROJECT).status()).isEqualTo(200);

      assertThat(caller.here.post(TASKS, NEW_TASK).code()).isEqualTo("auth.permission_denied");
      did("PATCH", member, "{\"role\": \"operator\"}");
      assertThat(caller.here.post(TASKS, NEW_TASK).status()).isEqualTo(201);
      did("PATCH", member, "{\"role\": \"viewer\"}");
      assertThat(caller.here.post(TASKS, NEW_TASK).code()).isEqualTo("auth.permission_denied");

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> caller.there.get(PROJECT).status() == 200);
      caller.isLetThrough();
      did("DELETE", member, "");
      caller.isRefused("project.not_found");
    }
  }

  @Test
  void a_device_that_is_disabled_and_enabled() {
    Device device = device();
    try (Known caller = new Known(device.secret(), TASKS)) {
      caller.isLetThrough();
      did("POST", device.path() + "/disable", "");
      caller.isRefused("device.inactive");
      did("POST", device.path() + "/enable", "");
      assertThat(caller.here.get(TASKS).status()).isEqualTo(200);
    }
  }

  @Test
  void a_device_that_is_revoked() {
    Device device = device();
    try (Known caller = new Known(device.secret(), TASKS)) {
      caller.isLetThrough();
      did("POST", device.path() + "/revoke", "");
      caller.isRefused("auth.api_key_invalid");
    }
  }

  @Test
  void a_device_that_is_deleted() {
    Device device = device();
    try (Known caller = new Known(device.secret(), TASKS)) {
      caller.isLetThrough();
      did("DELETE", device.path(), "");
      caller.isRefused("auth.api_key_invalid");
    }
  }

  @Test
  void a_credential_that_is_revoked() {
    Device device = device();
    try (Known caller = new Known(device.secret(), TASKS)) {
      caller.isLetThrough();
      did("POST", device.path() + "/credentials/revoke", "");
      caller.isRefused("auth.api_key_invalid");
    }
  }

  @Test
  void a_credential_that_has_a_successor_and_no_overlap() {
    Device device = device();
    try (Known caller = new Known(device.secret(), TASKS)) {
      caller.isLetThrough();
      JsonNode rotated =
          did("POST", device.path() + "/credentials/rotate", "{\"overlap_seconds\": 0}");
      caller.isRefused("auth.api_key_invalid");
      try (Known successor =
          new Known(rotated.at("/credential/credential_material").asString(), TASKS)) {
        successor.isLetThrough();
      }
    }
  }

  @Test
  void a_device_that_is_shut_out_of_a_project() {
    Device device = device();
    try (Known caller = new Known(device.secret(), TASKS)) {
      caller.isLetThrough();
      did("DELETE", device.path() + "/grant", "");
      caller.isRefused("project.not_found");
    }
  }

  private record Device(String path, String secret) {}

  private Device device() {
    String code = "press-" + UUID.randomUUID().toString().substring(0, 8);
    JsonNode made =
        did(
            "POST",
            PROJECT + "/devices",
            "{\"name\": \"Press\", \"device_code\": \"%s\"}".formatted(code));
    String path = PROJECT + "/devices/" + made.at("/device/device_id").asString();
    did("POST", path + "/grant", "");
    return new Device(path, made.at("/credential/credential_material").asString());
  }

  private JsonNode key() {
    return did("POST", "/v1/api-keys", "{\"name\": \"for a day\"}");
  }

  private static String id(JsonNode key) {
    return key.at("/api_key/api_key_id").asString();
  }

  private static String secret(JsonNode key) {
    return key.path("key_material").asString();
  }

  private String grant(String key, String effect, String code) {
    return did(
            "POST",
            "/v1/permission-grants",
            """
            {"subject_type": "api_key", "subject_id": "%s", "resource_type": "project",
             "resource_id": "%s", "code": "%s", "effect": "%s"}
            """
                .formatted(key, DevelopmentIdentities.PROJECT, code, effect))
        .path("permission_grant_id")
        .asString();
  }

  private JsonNode did(String method, String path, String body) {
    return admin.call(method, path, body).ok();
  }
}
