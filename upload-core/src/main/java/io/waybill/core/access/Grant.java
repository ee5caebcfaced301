package io.waybill.core.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rule: this subject may, or must not, do this to that resource and everything under it.
 *
 * @param code a permission code; codes of other versions are kept and match nothing
 * @param expiresAt null for ever; an expired grant does not exist
 */
public record Grant(
    ResourceKind resourceKind,
    UUID resourceId,
    String code,
    Effect effect,
    @Nullable Instant expiresAt) {

  /** DENY beats ALLOW wherever both apply. */
  public enum Effect {
    ALLOW,
    DENY
  }

  public boolean existsAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
