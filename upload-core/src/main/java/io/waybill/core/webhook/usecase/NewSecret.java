package io.waybill.core.webhook.usecase;

import io.waybill.core.webhook.SecretBox;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Makes secrets as Standard Webhooks has them: {@code whsec_} and the Base64 of random bytes. */
final class NewSecret {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private NewSecret() {}

  /**
   * A new one.
   *
   * @param shown as its owner is told it, once
   * @param sealed as it is kept
   */
  record Made(String shown, String sealed) {
    @Override
    public String toString() {
      return "Made[***]";
    }
  }

  static Made sealedFor(UUID webhookEndpointId, SecretBox box) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Made(
        "whsec_" + Base64.getEncoder().encodeToString(bytes), box.seal(webhookEndpointId, bytes));
  }
}
