package io.waybill.core.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key: everything but the key.
 *
 * @param prefix its first characters, by which people recognise it
 * @param expiresAt null for never
 * @param revokedAt null while nobody has revoked it
 */
public record ApiKey(
    UUID apiKeyId,
    UUID tenantId,
    String name,
    String prefix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  public ApiKey revoked(Instant at) {
    return new ApiKey(apiKeyId, tenantId, name, prefix, createdAt, expiresAt, at);
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.tenant(tenantId).under(ResourceKind.API_KEY, apiKeyId);
  }
}
