package io.waybill.core.idempotency;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to use a key.
 *
 * @param fingerprint see {@link Fingerprint#hex()}
 * @param leaseUntil when others may take over
 * @param expiresAt when the record may be forgotten
 */
public record ClaimRequest(
    Scope scope,
    UseCase useCase,
    String fingerprint,
    @Nullable ReplyAddress reply,
    Instant now,
    Instant leaseUntil,
    Instant expiresAt) {}
