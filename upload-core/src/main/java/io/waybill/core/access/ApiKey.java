package io.waybill.core.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key: everything but the key.
 *
 * @param prefix its first characters, by which people recognise it
 * @param expiresAt null for never
 * @param revokedAt null while nobody has revoked it
 * @param deviceIds the devices on whose uploads alone it acts; empty for those of all
 */
public record ApiKey(
    UUID apiKeyId,
    UUID tenantId,
    String name,
    String prefix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    Set<UUID> deviceIds) {

  public ApiKey {
    deviceIds = Set.copyOf(deviceIds);
  }

  /** One that acts on the uploads of all devices. */
  public ApiKey(
      UUID apiKeyId,
      UUID tenantId,
      String name,
      String prefix,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt) {
    this(apiKeyId, tenantId, name, prefix, createdAt, expiresAt, revokedAt, Set.of());
  }

  public ApiKey revoked(Instant at) {
    return new ApiKey(apiKeyId, tenantId, name, prefix, createdAt, expiresAt, at, deviceIds);
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.tenant(tenantId).under(ResourceKind.API_KEY, apiKeyId);
  }
}
