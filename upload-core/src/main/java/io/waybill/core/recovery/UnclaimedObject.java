package io.waybill.core.recovery;

import io.waybill.core.storage.ObjectLocation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An object that no dataset has: registered for review, and given out to nobody.
 *
 * @param datasetId what its key says; null where the key was not made here
 * @param sessionId the same
 */
public record UnclaimedObject(
    UUID objectId,
    UUID tenantId,
    UUID recoveryId,
    ObjectLocation location,
    long sizeBytes,
    String etag,
    @Nullable UUID datasetId,
    @Nullable UUID sessionId,
    Instant foundAt) {}
