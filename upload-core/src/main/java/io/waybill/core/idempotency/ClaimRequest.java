package io.waybill.core.idempotency;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to use a key.
 *
 * @param fingerprint see {@link Fingerprint#hex()}
 * @param creates the id of what the call is about to make in the same transaction; null when it
 *     makes nothing. Whoever takes the key over gets it back and goes on with it
 * @param leaseUntil when others may take over
 * @param expiresAt when the record may be forgotten
 */
public record ClaimRequest<A>(
    Scope scope,
    Remembered<A> useCase,
    String fingerprint,
    @Nullable UUID creates,
    @Nullable ReplyAddress reply,
    Instant now,
    Instant leaseUntil,
    Instant expiresAt) {}
