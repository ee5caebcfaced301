package io.waybill.agent.receipt;

import io.waybill.agent.config.ConfigException;
import io.waybill.agent.config.Given;
import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Ed25519 keys whose receipts are believed, by their RFC 7638 thumbprint. */
public final class PinnedKeys {

  /** What stands before the 32 bytes of every Ed25519 public key. */
  private static final byte[] BEFORE_KEY = {48, 42, 48, 5, 6, 3, 43, 101, 112, 3, 33, 0};

  private static final int KEY_BYTES = 32;

  private final Map<String, PublicKey> keys;
  private final @Nullable String issuer;

  private PinnedKeys(Map<String, PublicKey> keys, @Nullable String issuer) {
    this.keys = Map.copyOf(keys);
    this.issuer = issuer;
  }

  /**
   * Reads what is configured.
   *
   * @throws ConfigException when one of them is no such key
   */
  public static PinnedKeys of(Settings settings) {
    Map<String, PublicKey> keys = new HashMap<>();
    for (Given given : settings.list(Key.RECEIPT_KEYS)) {
      byte[] bytes = given.text().startsWith("/") ? pem(given) : raw(given);
      keys.put(thumbprint(bytes), key(bytes, given));
    }
    return new PinnedKeys(keys, settings.given(Key.RECEIPT_ISSUER).map(Given::text).orElse(null));
  }

  boolean believes(String iss) {
    return issuer == null || issuer.equals(iss);
  }

  Optional<PublicKey> key(String kid) {
    return Optional.ofNullable(keys.get(kid));
  }

  /** Each as the {@code x} of its JWK. */
  public List<String> x() {
    Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
    return keys.values().stream()
        .map(PublicKey::getEncoded)
        .map(
            der -> base64url.encodeToString(Arrays.copyOfRange(der, BEFORE_KEY.length, der.length)))
        .toList();
  }

  public boolean none() {
    return keys.isEmpty();
  }

  private static byte[] raw(Given given) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(given.text());
      if (bytes.length == KEY_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw given.not("is the x of a key at /v1/receipts/keys, or the path of a PEM file");
  }

  private static byte[] pem(Given given) {
    try {
      String text = Files.readString(Settings.path(given), StandardCharsets.US_ASCII);
      byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "").strip());
      if (der.length == BEFORE_KEY.length + KEY_BYTES
          && Arrays.equals(der, 0, BEFORE_KEY.length, BEFORE_KEY, 0, BEFORE_KEY.length)) {
        return Arrays.copyOfRange(der, BEFORE_KEY.length, der.length);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(given.where() + ": " + given.text() + " cannot be read: " + e);
    }
    throw given.not("is the PEM file of an Ed25519 public key");
  }

  private static PublicKey key(byte[] raw, Given given) {
    byte[] der = Arrays.copyOf(BEFORE_KEY, BEFORE_KEY.length + KEY_BYTES);
    System.arraycopy(raw, 0, der, BEFORE_KEY.length, KEY_BYTES);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw given.not("is an Ed25519 public key");
    }
  }

  private static String thumbprint(byte[] raw) {
    Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
    String jwk =
        "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + base64url.encodeToString(raw) + "\"}";
    return base64url.encodeToString(
        WholeSum.digest().digest(jwk.getBytes(StandardCharsets.US_ASCII)));
  }
}
