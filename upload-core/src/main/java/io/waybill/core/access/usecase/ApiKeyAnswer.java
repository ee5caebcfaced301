package io.waybill.core.access.usecase;

import io.waybill.core.access.ApiKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An API key as it is answered, and remembered under an idempotency key. */
public record ApiKeyAnswer(
    UUID apiKeyId,
    String name,
    String prefix,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  static ApiKeyAnswer of(ApiKey key) {
    return new ApiKeyAnswer(
        key.apiKeyId(),
        key.name(),
        key.prefix(),
        key.createdAt(),
        key.expiresAt(),
        key.revokedAt());
  }
}
