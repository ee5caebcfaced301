package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Verdict;
import io.waybill.core.access.UserTokens;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import io.waybill.testkit.TestIssuer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The issuer as an operator sets it. */
class PeopleTest {

  private static final String TENANT = "0190a000-0000-7000-8000-000000000001";
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir private Path folder;

  private UserTokens of(Map<String, String> environment) {
    return People.of(Configuration.load(environment, folder));
  }

  private static Map<String, String> with(String issuer, String name, String value) {
    Map<String, String> all = new HashMap<>();
    all.put("WAYBILL_OIDC_ISSUER", issuer);
    all.put("WAYBILL_OIDC_AUDIENCE", "waybill");
    all.put("WAYBILL_OIDC_TENANT_ID", TENANT);
    all.put(name, value);
    return all;
  }

  @Test
  void without_an_issuer_nothing_is_a_token() {
    assertThat(of(Map.of()).isOne("eyJ.eyJ.x")).isFalse();
  }

  @Test
  void with_an_issuer_its_tokens_are_read() {
    try (TestIssuer issuer = TestIssuer.start()) {
      TestIssuer.Key key = issuer.publish("one", "ES256");
      String token =
          TestIssuer.token(
              key,
              "{\"iss\": \"%s\", \"aud\": \"waybill\", \"exp\": %d, \"email\": \"a@b.example\"}"
                  .formatted(issuer.uri(), NOW.getEpochSecond() + 60));
      UserTokens people = of(with(issuer.uri().toString(), "WAYBILL_OIDC_SUBJECT_CLAIM", "email"));
      assertThat(people.isOne(token)).isTrue();
      assertThat(people.read(token, NOW)).isInstanceOf(Verdict.Ok.class);
    }
  }

  @Test
  void what_cannot_be_meant_is_named_at_start() {
    assertFails(with("http://login.example", "x", ""), "https");
    assertFails(with("https://login.example?x=1", "x", ""), "query");
    assertFails(with("https://login.example", "WAYBILL_OIDC_AUDIENCE", ""), "audience");
    assertFails(with("https://login.example", "WAYBILL_OIDC_TENANT_ID", ""), "TENANT_CLAIM");
    assertFails(with("https://login.example", "WAYBILL_OIDC_TENANT_CLAIM", "org"), "set one of");
    assertFails(with("https://login.example", "WAYBILL_OIDC_TENANT_ID", "line-3"), "UUID");
    assertFails(with("", "x", ""), "means nothing without WAYBILL_OIDC_ISSUER");
    assertFails(
        Map.of("WAYBILL_OIDC_CLIENT_ID", "console"), "means nothing without WAYBILL_OIDC_ISSUER");
    assertFails(with("http://127.0.0.1:1", "WAYBILL_ENVIRONMENT", "production"), "https");
  }

  private void assertFails(Map<String, String> environment, String why) {
    assertThatExceptionOfType(StartupFailure.class)
        .isThrownBy(() -> of(environment))
        .withMessageContaining(why);
  }
}
