package io.waybill.core.device;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as Mosquitto keeps them since 2.0: {@code $7$iterations$salt$hash}, PBKDF2 with
 * HMAC-SHA512. A secret has 256 random bits, so that Mosquitto's own number of iterations is
 * plenty.
 */
public final class BrokerPassword {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ITERATIONS = 101;
  private static final int SALT_BYTES = 12;
  private static final int HASH_BITS = 512;

  private BrokerPassword() {}

  /** Another one each time: its salt is random. */
  public static String hashOf(String secret) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return "$7$%d$%s$%s"
        .formatted(
            ITERATIONS, base64.encodeToString(salt), base64.encodeToString(derived(secret, salt)));
  }

  private static byte[] derived(String secret, byte[] salt) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
          .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, ITERATIONS, HASH_BITS))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
