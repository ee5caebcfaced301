package io.waybill.core.device;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a device shows to be let in; all of it but the secret.
 *
 * @param isUsed whether it was ever shown
 * @param expiresAt null for never
 */
public record Credential(
    UUID credentialId,
    UUID tenantId,
    UUID deviceId,
    int credentialVersion,
    boolean isUsed,
    Instant issuedAt,
    @Nullable Instant expiresAt) {

  /** The same, ending at the latest then. */
  public Credential endingAt(Instant end) {
    return new Credential(
        credentialId,
        tenantId,
        deviceId,
        credentialVersion,
        isUsed,
        issuedAt,
        expiresAt == null || end.isBefore(expiresAt) ? end : expiresAt);
  }
}
