package io.waybill.core.device;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a device shows to be let in; all of it but the secret.
 *
 * @param isUsed whether it was ever shown
 * @param endsOthers whether every other one had ended when it was issued, by somebody's decision
 * @param expiresAt null for never
 */
public record Credential(
    UUID credentialId,
    UUID tenantId,
    UUID deviceId,
    int credentialVersion,
    boolean isUsed,
    boolean endsOthers,
    Instant issuedAt,
    @Nullable Instant expiresAt) {

  /**
   * Whether a device that is connected may be its owner: it has not ended, and if all others had to
   * end for it, it was shown.
   */
  public boolean mayBeShownBy(Instant now) {
    return !hasEnded(now) && (isUsed || !endsOthers);
  }

  /** Whether its time is over. */
  public boolean hasEnded(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** The same, ending at the latest then. */
  public Credential endingAt(Instant end) {
    return new Credential(
        credentialId,
        tenantId,
        deviceId,
        credentialVersion,
        isUsed,
        endsOthers,
        issuedAt,
        expiresAt == null || end.isBefore(expiresAt) ? end : expiresAt);
  }
}
