package io.waybill.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import io.waybill.core.Verdict;
import io.waybill.core.access.UserTokens;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.text.ParseException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/** {@link UserTokens} of one issuer: signed JWTs, checked with the keys that it publishes. */
public final class OidcTokens implements UserTokens {

  private static final int MOST_CHARS = 8192;
  private static final int KEY_ID_CHARS = 256;
  private static final Pattern PARTS =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");
  private static final Set<String> TYPES = Set.of("JWT", "AT+JWT", "APPLICATION/AT+JWT");

  private final IssuerSettings settings;
  private final IssuerKeys keys;

  /**
   * @param tls whom we trust to be the issuer
   */
  public OidcTokens(IssuerSettings settings, SSLContext tls) {
    this.settings = settings;
    this.keys = new IssuerKeys(new IssuerDocuments(settings, tls)::keys);
  }

  @Override
  public boolean isOne(String secret) {
    return secret.chars().filter(each -> each == '.').count() == 2;
  }

  @Override
  public Verdict<User> read(String token, Instant now) {
    if (token.length() > MOST_CHARS) {
      return Tokens.invalid("it is longer than " + MOST_CHARS + " characters");
    }
    Matcher parts = PARTS.matcher(token);
    Optional<Signature> signature = parts.matches() ? signature(parts) : Optional.empty();
    if (signature.isEmpty()) {
      return Tokens.invalid("it is no signed JWT");
    }
    if (!signature.get().hasKnownAlgorithm()) {
      return Tokens.invalid("it must be signed with RS256, ES256 or EdDSA, and nothing special");
    }
    return keys.find(signature.get()::pick, now)
        .then(key -> claims(signature.get(), key, parts.group(2)))
        .then(claims -> claims.user(settings, now));
  }

  private static Verdict<Claims> claims(Signature signature, JWK key, String payload) {
    if (!signature.isOf(key)) {
      return Tokens.invalid("its signature is not its issuer's");
    }
    return object(payload)
        .map(json -> Verdict.ok(new Claims(json)))
        .orElseGet(() -> Tokens.invalid("what it says cannot be read"));
  }

  /** Empty when it is none of a token that we take. */
  private static Optional<Signature> signature(Matcher parts) {
    try {
      if (object(parts.group(1)).isEmpty()) {
        return Optional.empty();
      }
      JWSHeader header = JWSHeader.parse(new Base64URL(parts.group(1)));
      String type = header.getType() == null ? "JWT" : header.getType().getType();
      String keyId = header.getKeyID() == null ? "" : header.getKeyID();
      return TYPES.contains(type.toUpperCase(Locale.ROOT)) && keyId.length() <= KEY_ID_CHARS
          ? Optional.of(
              new Signature(
                  header, parts.group(1) + "." + parts.group(2), new Base64URL(parts.group(3))))
          : Optional.empty();
    } catch (ParseException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** A JSON object in which no name stands twice. */
  private static Optional<JsonNode> object(String part) {
    return Json.parse(new Base64URL(part).decode()) instanceof Parsed.Read<JsonNode>(JsonNode json)
            && json.isObject()
        ? Optional.of(json)
        : Optional.empty();
  }
}
