package io.waybill.core.recovery;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Datasets that are to be compared with their objects. A claim is a lease that ends. */
public interface RecoveryChecks {

  /**
   * Marks datasets that have had an upload, in the order of their projects, the newest of each
   * first, and has each of them checked. Those that are complete and NORMAL are RECOVERY_PENDING
   * then, and what was READY is PROCESSING: nothing of it is given out before it is seen. Their
   * versions stay.
   *
   * @return those that were marked; fewer than the limit at the end
   */
  List<Marked> mark(RecoveryRun run, Marked after, int limit, Instant now);

  /** Checks that are due, at most so many, the longest due first. */
  List<Due> claim(Instant now, Instant until, int limit);

  /**
   * Ends a check; false, and nothing is written, when its claim was lost.
   *
   * @param again when it is to be looked at once more, for no recovery; null for never
   */
  boolean finish(Due due, @Nullable Instant again);

  /** Lets go of a claim: it is due again then, for the same recovery. */
  void delay(Due due, Instant until);

  /** Whether something that this recovery has marked was not looked at yet. */
  boolean isOpen(UUID recoveryId);

  /** Writes which object a dataset has: one restored from a backup may have another ETag. */
  void found(UUID tenantId, UUID datasetId, StoredObject object);

  /** How many datasets there are of each status but NORMAL; those of none are left out. */
  Map<RecoveryStatus, Long> census();

  /** A place in the order in which datasets are marked. */
  record Marked(UUID projectId, UUID datasetId) {

    /** Before all of them. */
    public static final Marked NONE = new Marked(new UUID(0, 0), new UUID(Long.MAX_VALUE, -1));
  }

  /**
   * A claimed check.
   *
   * @param dataset as it was when it was claimed
   * @param recoveryId which recovery waits for it; null where none does
   */
  record Due(Dataset dataset, @Nullable UUID recoveryId, Instant claimedUntil) {}
}
