package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.oidc.SubjectIds;
import io.waybill.testkit.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People with tokens of a real issuer, at the real API on the real database. */
@Timeout(300)
class PeopleOfAnIssuerTest {
  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;
  private static final String OTHER_PROJECT = "/v1/projects/0190a000-0000-7000-8000-0000000000a2";
  private static final String TASK =
      "{\"objects\": [{\"object_name\": \"a.bin\", \"file_size_bytes\": 7}]}";

  @TempDir private Path folder;

  private final TestIssuer issuer = TestIssuer.start();
  private final TestIssuer.Key key = issuer.publish("planted-kid", "ES256");
  private final List<String> shown = new ArrayList<>();
  private Site site;

  @BeforeEach
  void start() {
    site = Site.open(folder);
    site.controlApi(
        Map.of(
            "WAYBILL_OIDC_ISSUER", issuer.uri().toString(),
            "WAYBILL_OIDC_AUDIENCE", "waybill",
            "WAYBILL_OIDC_TENANT_ID", DevelopmentIdentities.TENANT.toString()));
  }

  @AfterEach
  void end() {
    site.close();
    issuer.close();
  }

  @Test
  void they_may_do_what_they_and_their_groups_are_granted() throws IOException {
    String alice = token("alice", "");
    assertThat(get(alice, "/v1/projects").ok().path("projects")).isEmpty();
    assertThat(get(alice, PROJECT).code()).isEqualTo("project.not_found");

    grant("user", "alice", "project.view", "ALLOW");
    assertThat(get(alice, PROJECT).ok().path("effective_permissions").toString())
        .isEqualTo("[\"project.view\"]");
    assertThat(post(alice, PROJECT + "/upload-tasks", TASK).code())
        .isEqualTo("auth.permission_denied");

    grant("group", "line-3", "upload.create", "ALLOW");
    String ofLine3 = token("alice", ", \"groups\": [\"line-3\", \"press\"]");
    post(ofLine3, PROJECT + "/upload-tasks", TASK).ok();
    assertThat(post(alice, PROJECT + "/upload-tasks", TASK).code())
        .isEqualTo("auth.permission_denied");
    assertThat(get(ofLine3, OTHER_PROJECT).code()).isEqualTo("project.not_found");

    grant("group", "press", "upload.create", "DENY");
    assertThat(post(ofLine3, PROJECT + "/upload-tasks", TASK).code())
        .isEqualTo("auth.permission_denied");
    assertThat(get(token("bob", ", \"groups\": \"line-3\""), PROJECT).code())
        .isEqualTo("auth.api_key_invalid");

    tokensThatAreNotBelieved();
    assertThat(issuer.asked()).isOne();
    nothingOfATokenIsWritten();
  }

  private void tokensThatAreNotBelieved() {
    String stranger =
        TestIssuer.token(TestIssuer.key("planted-kid", "ES256"), claims("alice", "", 300));
    assertThat(get(stranger, PROJECT).status()).isEqualTo(401);
    assertThat(get(stranger, PROJECT).code()).isEqualTo("auth.api_key_invalid");
    String old = TestIssuer.token(key, claims("alice", "", -120));
    assertThat(get(old, PROJECT).code()).isEqualTo("auth.api_key_expired");
    assertThat(
            site.database()
                .texts(
                    "select details ->> 'address' from audit_events"
                        + " where action = 'auth.failed' and actor = 'nobody'"))
        .containsExactly("127.0.0.1");
    issuer.close();
    get(token("alice", ""), PROJECT).ok();
  }

  private void nothingOfATokenIsWritten() throws IOException {
    List<String> needles =
        shown.stream().flatMap(token -> Stream.of(token.split("\\.", -1)).skip(1)).toList();
    try (Stream<Path> logs = Files.list(site.logs())) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(log)).doesNotContain(needles).doesNotContain("planted");
      }
    }
    assertThat(site.database().texts("select row_to_json(a)::text from audit_events a").toString())
        .doesNotContain(needles)
        .doesNotContain("planted");
  }

  private void grant(String kind, String name, String code, String effect) {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      admin
          .post(
              "/v1/permission-grants",
              """
              {"subject_type": "%s", "subject_id": "%s", "resource_type": "project",
               "resource_id": "%s", "code": "%s", "effect": "%s"}
              """
                  .formatted(
                      kind,
                      SubjectIds.of(issuer.uri(), kind, name),
                      DevelopmentIdentities.PROJECT,
                      code,
                      effect))
          .ok();
    }
  }

  private String token(String name, String more) {
    return TestIssuer.token(key, claims(name, more, 300));
  }

  private String claims(String name, String more, int seconds) {
    return "{\"iss\": \"%s\", \"aud\": \"waybill\", \"exp\": %d, \"sub\": \"%s\", \"x\": \"planted\"%s}"
        .formatted(issuer.uri(), Instant.now().getEpochSecond() + seconds, name, more);
  }

  private Api.Answer get(String token, String path) {
    shown.add(token);
    try (Api api = new Api(site.api(), token)) {
      return api.get(path);
    }
  }

  private Api.Answer post(String token, String path, String body) {
    try (Api api = new Api(site.api(), token)) {
      return api.post(path, body);
    }
  }
}
