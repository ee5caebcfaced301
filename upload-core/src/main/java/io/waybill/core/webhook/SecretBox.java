package io.waybill.core.webhook;

import java.util.UUID;

/**
 * Keeps secrets that must be used again, so that who reads the database alone has none. What was
 * sealed for one endpoint opens for no other.
 */
public interface SecretBox {

  /** The secret as it may be written down: text. */
  String seal(UUID webhookEndpointId, byte[] secret);

  /**
   * What was sealed.
   *
   * @throws IllegalStateException when it was sealed with a key that this box has not, or for
   *     another endpoint
   */
  byte[] open(UUID webhookEndpointId, String sealed);
}
