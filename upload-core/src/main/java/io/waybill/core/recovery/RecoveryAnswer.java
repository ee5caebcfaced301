package io.waybill.core.recovery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recovery as it is answered: how far it is, and its report once it is COMPLETED.
 *
 * @param datasetCount datasets that were marked
 * @param unclaimedObjectCount objects that no dataset has: for review
 */
public record RecoveryAnswer(
    UUID recoveryId,
    RecoveryPhase status,
    Instant startedAt,
    String startedBy,
    @Nullable Instant completedAt,
    long datasetCount,
    long verifiedCount,
    long missingObjectCount,
    long metadataOnlyCount,
    long objectOnlyCount,
    long unfinishedCount,
    long objectCount,
    long unclaimedObjectCount) {

  public static RecoveryAnswer of(RecoveryRun run) {
    RecoveryRun.Counts counts = run.counts();
    return new RecoveryAnswer(
        run.recoveryId(),
        run.phase(),
        run.startedAt(),
        run.startedBy(),
        run.completedAt(),
        counts.datasets(),
        counts.verified(),
        counts.missingObject(),
        counts.metadataOnly(),
        counts.objectOnly(),
        counts.unfinished(),
        counts.objects(),
        counts.unclaimed());
  }
}
