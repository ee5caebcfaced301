package io.waybill.core.recovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An unclaimed object as it is answered. */
public record UnclaimedObjectAnswer(
    UUID unclaimedObjectId,
    UUID recoveryId,
    String bucket,
    String objectKey,
    long objectSizeBytes,
    String objectEtag,
    @Nullable UUID datasetId,
    @Nullable UUID sessionId,
    Instant foundAt) {

  public static UnclaimedObjectAnswer of(UnclaimedObject object) {
    return new UnclaimedObjectAnswer(
        object.objectId(),
        object.recoveryId(),
        object.location().bucket(),
        object.location().key(),
        object.sizeBytes(),
        object.etag(),
        object.datasetId(),
        object.sessionId(),
        object.foundAt());
  }
}
