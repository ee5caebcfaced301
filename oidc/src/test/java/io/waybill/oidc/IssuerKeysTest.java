package io.waybill.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.UserTokens.User;
import io.waybill.testkit.TestIssuer;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the issuer is asked for its keys, and what is believed while it does not answer. */
class IssuerKeysTest {

  private static final IssuerSettings.OneTenant TENANT =
      new IssuerSettings.OneTenant(UUID.fromString("0190a000-0000-7000-8000-000000000001"));

  private final TestIssuer issuer = TestIssuer.start();
  private final TestIssuer.Key first = issuer.publish("first", "ES256");
  private final OidcTokens tokens =
      new OidcTokens(settings(issuer.uri(), true), OidcTokensTest.tls());
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");

  private static IssuerSettings settings(URI issuer, boolean loopbackInTheClear) {
    return new IssuerSettings(issuer, "waybill", "sub", "", TENANT, loopbackInTheClear);
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void keys_are_asked_for_once() {
    for (int i = 0; i < 5; i++) {
      assertThat(shown(first)).isEqualTo("ok");
    }
    assertThat(issuer.asked()).isOne();
  }

  @Test
  void a_new_key_is_found_when_its_first_token_comes() {
    assertThat(shown(first)).isEqualTo("ok");
    TestIssuer.Key second = issuer.publish("second", "EdDSA");
    now = now.plus(IssuerKeys.PAUSE);
    assertThat(shown(second)).isEqualTo("ok");
    assertThat(shown(first)).isEqualTo("ok");
    assertThat(issuer.asked()).isEqualTo(2);
  }

  @Test
  void tokens_with_made_up_keys_ask_the_issuer_once_in_a_while() {
    assertThat(shown(first)).isEqualTo("ok");
    for (int i = 0; i < 50; i++) {
      assertThat(shown(TestIssuer.key("made-up-" + i, "ES256"))).isEqualTo("auth.api_key_invalid");
    }
    assertThat(issuer.asked()).isOne();
    now = now.plus(IssuerKeys.PAUSE);
    assertThat(shown(TestIssuer.key("made-up", "ES256"))).isEqualTo("auth.api_key_invalid");
    assertThat(shown(TestIssuer.key("made-up", "ES256"))).isEqualTo("auth.api_key_invalid");
    assertThat(issuer.asked()).isEqualTo(2);
  }

  @Test
  void a_withdrawn_key_is_not_believed_once_the_keys_were_read_again() {
    assertThat(shown(first)).isEqualTo("ok");
    issuer.withdraw(first);
    TestIssuer.Key second = issuer.publish("second", "ES256");
    now = now.plus(IssuerKeys.PAUSE);
    assertThat(shown(second)).isEqualTo("ok");
    assertThat(shown(first)).isEqualTo("auth.api_key_invalid");
  }

  @Test
  void while_the_issuer_is_away_its_old_keys_are_believed_for_a_day() {
    assertThat(shown(first)).isEqualTo("ok");
    issuer.close();
    now = now.plus(IssuerKeys.BELIEVED);
    assertThat(shown(first)).isEqualTo("ok");
    now = now.plusSeconds(60);
    assertThat(shown(first)).isEqualTo("auth.issuer_unavailable");
  }

  @Test
  void who_comes_with_a_new_key_while_the_issuer_is_away_is_told_to_come_again() {
    assertThat(shown(first)).isEqualTo("ok");
    issuer.status = 500;
    now = now.plus(IssuerKeys.PAUSE);
    TestIssuer.Key second = issuer.publish("second", "ES256");
    assertThat(shown(second)).isEqualTo("auth.issuer_unavailable");
    assertThat(shown(first)).isEqualTo("ok");
    issuer.status = 200;
    now = now.plus(IssuerKeys.PAUSE);
    assertThat(shown(second)).isEqualTo("ok");
  }

  @Test
  void an_issuer_that_was_never_there_is_told_of_with_the_next_step() {
    issuer.status = 503;
    assertThat(tokens.read(token(first), now))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.refusal().message()).contains("issuer", "try again");
              assertThat(refused.refusal().retryAfterSeconds()).isEqualTo(10);
            });
    issuer.status = 200;
    assertThat(shown(first)).isEqualTo("auth.issuer_unavailable");
    now = now.plus(IssuerKeys.PAUSE);
    assertThat(shown(first)).isEqualTo("ok");
  }

  @Test
  void documents_of_another_issuer_and_documents_without_end_are_not_taken() {
    issuer.pretendedIssuer = "https://elsewhere.example";
    assertThat(shown(first)).isEqualTo("auth.issuer_unavailable");
    issuer.pretendedIssuer = "";
    issuer.padding = 300 << 10;
    now = now.plus(IssuerKeys.PAUSE);
    assertThat(shown(first)).isEqualTo("auth.issuer_unavailable");
    issuer.padding = 1 << 10;
    now = now.plus(IssuerKeys.PAUSE);
    assertThat(shown(first)).isEqualTo("ok");
  }

  @Test
  void a_redirect_is_not_followed() {
    issuer.status = 302;
    assertThat(shown(first)).isEqualTo("auth.issuer_unavailable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://192.0.2.1/keys", "file:///etc/passwd", "keys", "ht tp://x", ""})
  void keys_are_not_fetched_in_the_clear_from_elsewhere(String keysUri) {
    issuer.pretendedKeysUri = keysUri.isEmpty() ? "http://user@127.0.0.1:1/keys" : keysUri;
    assertThat(shown(first)).isEqualTo("auth.issuer_unavailable");
    assertThat(issuer.asked()).isZero();
  }

  @Test
  void an_issuer_in_the_clear_is_for_a_developer_s_own_machine() {
    assertThat(settings(URI.create("http://localhost:8080/realms/a"), true).issuer()).isNotNull();
    assertThat(settings(URI.create("http://[::1]:8080"), true).issuer()).isNotNull();
    assertThat(settings(URI.create("https://login.example"), false).issuer()).isNotNull();
    for (String wrong :
        new String[] {"http://login.example", "ftp://127.0.0.1", "https://a@b", "login.example"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create(wrong), true));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(URI.create("http://127.0.0.1:8080"), false));
  }

  private String shown(TestIssuer.Key key) {
    return tokens.read(token(key), now) instanceof Verdict.Refused<User>(Refusal refusal)
        ? refusal.code().code()
        : "ok";
  }

  private String token(TestIssuer.Key key) {
    return TestIssuer.token(
        key,
        "{\"iss\": \"%s\", \"aud\": \"waybill\", \"exp\": %d, \"sub\": \"alice\"}"
            .formatted(issuer.uri(), now.getEpochSecond() + 300));
  }
}
