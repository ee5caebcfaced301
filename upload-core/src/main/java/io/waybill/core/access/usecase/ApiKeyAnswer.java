package io.waybill.core.access.usecase;

import io.waybill.core.access.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An API key as it is answered, and remembered under an idempotency key. */
public record ApiKeyAnswer(
    UUID apiKeyId,
    String name,
    String prefix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    List<UUID> deviceIds) {

  /** What was remembered before keys had devices has none. */
  public ApiKeyAnswer {
    deviceIds = deviceIds == null ? List.of() : List.copyOf(deviceIds);
  }

  static ApiKeyAnswer of(ApiKey key) {
    return new ApiKeyAnswer(
        key.apiKeyId(),
        key.name(),
        key.prefix(),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt(),
        key.deviceIds().stream().sorted().toList());
  }
}
