package io.waybill.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.UserTokens.User;
import io.waybill.testkit.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom tokens are believed about, against an issuer with real keys. */
class OidcTokensTest {

  private static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final String ALICE = "0190a000-0000-7000-8000-00000000a11c";

  private final TestIssuer issuer = TestIssuer.start();
  private final TestIssuer.Key key = issuer.publish("first", "RS256");
  private final OidcTokens tokens = tokens(new IssuerSettings.OneTenant(TENANT));

  @AfterEach
  void close() {
    issuer.close();
  }

  private OidcTokens tokens(IssuerSettings.Tenant tenant) {
    return new OidcTokens(
        new IssuerSettings(issuer.uri(), "waybill", "sub", "groups", tenant, true), tls());
  }

  static SSLContext tls() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
  void a_token_of_the_issuer_is_believed(String algorithm) {
    TestIssuer.Key one = issuer.publish("one", algorithm);
    assertThat(read(TestIssuer.token(one, claims(""))))
        .isEqualTo(Verdict.ok(new User(TENANT, UUID.fromString(ALICE), Set.of())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
  void a_token_that_was_changed_is_not_believed(String algorithm) {
    TestIssuer.Key one = issuer.publish("one", algorithm);
    String[] parts = TestIssuer.token(one, claims("")).split("\\.", -1);
    String other =
        TestIssuer.part(claims(", \"groups\": [\"admins\"]").getBytes(StandardCharsets.UTF_8));
    assertThat(why(parts[0] + "." + other + "." + parts[2])).contains("signature");
    TestIssuer.Key stranger = TestIssuer.key("one", algorithm);
    assertThat(why(TestIssuer.token(stranger, claims("")))).contains("signature");
  }

  @Test
  void names_get_ids_that_only_this_issuer_s_have() {
    String token = token("\"sub\": \"alice\", \"groups\": [\"line-3\", \"" + ALICE + "\"]");
    assertThat(read(token))
        .isEqualTo(
            Verdict.ok(
                new User(
                    TENANT,
                    SubjectIds.of(issuer.uri(), "user", "alice"),
                    Set.of(
                        SubjectIds.of(issuer.uri(), "group", "line-3"), UUID.fromString(ALICE)))));
    assertThat(SubjectIds.of(issuer.uri(), "user", "alice").version()).isEqualTo(8);
    assertThat(SubjectIds.of(issuer.uri(), "user", "alice"))
        .isNotEqualTo(SubjectIds.of(issuer.uri(), "group", "alice"))
        .isNotEqualTo(SubjectIds.of(issuer.uri(), "user", "Alice"));
  }

  @Test
  void an_unsigned_token_is_not_believed() {
    String claims = TestIssuer.part(claims("").getBytes(StandardCharsets.UTF_8));
    for (String alg : Set.of("none", "None", "NONE")) {
      String header =
          TestIssuer.part(("{\"alg\": \"" + alg + "\"}").getBytes(StandardCharsets.UTF_8));
      assertThat(why(header + "." + claims + ".")).contains("no signed JWT");
      assertThat(why(header + "." + claims + ".AA")).contains("not valid");
    }
  }

  @Test
  void the_public_key_is_no_secret_to_sign_with() throws GeneralSecurityException {
    String header = "{\"alg\": \"HS256\", \"kid\": \"first\"}";
    String signed =
        TestIssuer.part(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + TestIssuer.part(claims("").getBytes(StandardCharsets.UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.pair().getPublic().getEncoded(), "HmacSHA256"));
    String token =
        signed + "." + TestIssuer.part(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    assertThat(why(token)).contains("RS256, ES256 or EdDSA");
  }

  @Test
  void a_key_that_the_token_brings_along_or_points_to_is_not_looked_at() {
    TestIssuer.Key stranger = TestIssuer.key("stranger", "RS256");
    try (TestIssuer elsewhere = TestIssuer.start()) {
      for (String brought :
          Set.of(
              "\"jwk\": " + TestIssuer.jwk(stranger),
              "\"jku\": \"" + elsewhere.uri() + "/keys\"",
              "\"x5u\": \"" + elsewhere.uri() + "/keys\"")) {
        for (String kid : Set.of("first", "../../keys", elsewhere.uri() + "/keys", "stranger")) {
          String header = "{\"alg\": \"RS256\", \"kid\": \"" + kid + "\", " + brought + "}";
          assertThat(why(TestIssuer.token(stranger, header, claims("")))).contains("not valid");
        }
      }
      assertThat(elsewhere.asked()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"alg": "ES256", "kid": "first"}                                  | not publish
          {"alg": "RS512", "kid": "first"}                                  | RS256
          {"alg": "PS256", "kid": "first"}                                  | RS256
          {"alg": "RS256", "kid": "first", "crit": ["exp"], "exp": 1}       | nothing special
          {"alg": "RS256", "kid": "first", "b64": false, "crit": ["b64"]}   | nothing special
          {"alg": "RS256", "alg": "RS256", "kid": "first"}                  | no signed JWT
          {"alg": "RS256", "kid": "first", "typ": "logout+jwt"}             | no signed JWT
          {"alg": "RS256", "kid": 17}                                       | no signed JWT
          {"kid": "first"}                                                  | no signed JWT
          {"alg": ["RS256"]}                                                | no signed JWT
          []                                                                | no signed JWT
          """)
  void headers_that_are_not_as_they_should_be_are_refused(String header, String why) {
    assertThat(why(TestIssuer.token(key, header, claims("")))).contains(why);
  }

  @Test
  void a_token_without_a_key_s_name_is_of_the_only_key_that_fits() {
    String header = "{\"alg\": \"RS256\"}";
    issuer.publish("other", "ES256");
    assertThat(read(TestIssuer.token(key, header, claims("")))).isInstanceOf(Verdict.Ok.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "iss": "https://elsewhere.example"          | another issuer
          "iss": 17                                   | another issuer
          "aud": "other"                              | somebody else
          "aud": ["other", "waybill2"]                | somebody else
          "aud": {"waybill": "waybill"}               | somebody else
          "aud": []                                   | somebody else
          "exp": "2100-01-01"                         | when it is valid
          "exp": null                                 | when it is valid
          "exp": 1e300                                | when it is valid
          "exp": -1                                   | when it is valid
          "nbf": "now"                                | when it is valid
          "sub": ""                                   | who it is about
          "sub": 17                                   | who it is about
          "sub": ["alice"]                            | who it is about
          "groups": "admins"                          | groups
          "groups": {"admins": true}                  | groups
          "groups": ["line-3", 17]                    | groups
          "groups": null                              | groups
          "_claim_names": {"groups": "src1"}          | groups
          """)
  void claims_that_are_not_as_they_should_be_are_refused(String claim, String why) {
    assertThat(why(token(claim))).contains(why);
  }

  @Test
  void groups_may_be_missing_and_ours_may_be_one_of_several_audiences() {
    assertThat(read(token("\"aud\": [\"other\", \"waybill\"]"))).isInstanceOf(Verdict.Ok.class);
  }

  @Test
  void a_claim_that_stands_twice_is_refused() {
    assertThat(why(TestIssuer.token(key, claims(", \"sub\": \"bob\"")))).contains("cannot be read");
    assertThat(why(TestIssuer.token(key, "{}"))).contains("another issuer");
    assertThat(why(TestIssuer.token(key, "[1]"))).contains("cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "exp,-59,ok",
    "exp,-60,auth.api_key_expired",
    "nbf,60,ok",
    "nbf,61,auth.api_key_invalid",
    "iat,60,ok",
    "iat,61,auth.api_key_invalid"
  })
  void clocks_may_differ_by_a_minute(String claim, int seconds, String outcome) {
    Verdict<User> verdict =
        read(token("\"%s\": %d".formatted(claim, NOW.getEpochSecond() + seconds)));
    assertThat(
            verdict instanceof Verdict.Refused<User>(Refusal refusal)
                ? refusal.code().code()
                : "ok")
        .isEqualTo(outcome);
  }

  @Test
  void huge_tokens_and_what_is_no_token_are_refused_before_anybody_is_asked() {
    assertThat(why(TestIssuer.token(key, claims(", \"x\": \"" + "x".repeat(9000) + "\""))))
        .contains("longer");
    for (String rubbish :
        Set.of("..", "a.b.c", "a.b", "eyJ.eyJ.", "\u0000.\u0000.\u0000", "é.b.c")) {
      assertThat(why(rubbish)).contains("no signed JWT");
    }
    assertThat(issuer.asked()).isZero();
  }

  @Test
  void the_tenant_may_be_a_claim() {
    OidcTokens byClaim = tokens(new IssuerSettings.TenantClaim("tenant"));
    String theirs = TestIssuer.token(key, claims(", \"tenant\": \"" + TENANT + "\""));
    assertThat(byClaim.read(theirs, NOW)).isInstanceOf(Verdict.Ok.class);
    for (String wrong :
        Set.of("", ", \"tenant\": \"line-3\"", ", \"tenant\": [\"" + TENANT + "\"]")) {
      assertThat(byClaim.read(TestIssuer.token(key, claims(wrong)), NOW).toString())
          .contains("WAYBILL_OIDC_TENANT_CLAIM");
    }
  }

  @Test
  void nothing_of_a_token_stands_in_a_refusal() {
    String token =
        TestIssuer.token(
            TestIssuer.key("planted-kid", "RS256"), claims(", \"planted\": \"planted-claim\""));
    assertThat(read(token).toString())
        .doesNotContain("planted", ALICE)
        .doesNotContain(token.split("\\.", -1));
  }

  private Verdict<User> read(String token) {
    return tokens.read(token, NOW);
  }

  private String why(String token) {
    return read(token) instanceof Verdict.Refused<User>(Refusal refusal) ? refusal.message() : "";
  }

  private String claims(String more) {
    return """
    {"iss": "%s", "aud": "waybill", "exp": %d, "iat": %d, "sub": "%s"%s}\
    """
        .formatted(issuer.uri(), NOW.getEpochSecond() + 300, NOW.getEpochSecond(), ALICE, more);
  }

  /** One whose claims are right but for this one. */
  private String token(String claims) {
    String all = claims("");
    for (String claim : claims.split(", (?=\"[a-z_]+\":)", -1)) {
      String name = claim.substring(0, claim.indexOf(':'));
      all = all.replaceFirst(",? ?" + name + ": (\"[^\"]*\"|[0-9]+)", "");
      all = all.replaceFirst("\\{,? ?", "{");
      all = all.replaceFirst("\\}$", ", " + claim.replace("\\", "\\\\") + "}");
    }
    return TestIssuer.token(key, all);
  }
}
