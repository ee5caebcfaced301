package io.waybill.core.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Who a secret or an id belongs to, with standing and grants, in one statement each. Secrets are
 * looked up by the lower-case hex of their SHA-256: they are 256 bits of randomness.
 */
public interface IdentityStore {

  /** The API key with this hash; revoked keys are not found, expired ones stand as EXPIRED. */
  Optional<Identity> byApiKey(String sha256, Instant now);

  /** The device whose credential has this hash; revoked credentials are not found. */
  Optional<Identity> byDeviceCredential(String sha256, Instant now);

  /** The device of this tenant, whatever its standing. */
  Optional<Identity> device(UUID tenantId, UUID deviceId);

  /**
   * Somebody whom an issuer vouches for, with what they and their groups are granted; empty where
   * there is no such tenant. People are not registered.
   */
  Optional<Identity> user(UserTokens.User user);
}
