package io.waybill.core.dataset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a dataset may be purged, beside the dataset itself.
 *
 * @param retentionDays how long its project, or a policy that its uploads ran under, keeps what is
 *     deleted, whichever is longer; null for no time at all
 * @param lockedUntil when storage lets the last of its objects go that nobody may delete before;
 *     null where none is locked so (COMPLIANCE)
 * @param governedUntil the same of objects that whoever may bypass the lock deletes before
 *     (GOVERNANCE)
 * @param isUploading whether an upload of it may still bring an object
 * @param requestedAt since when it is being purged; null while it is not
 */
public record PurgeStanding(
    @Nullable Integer retentionDays,
    @Nullable Instant lockedUntil,
    @Nullable Instant governedUntil,
    boolean isUploading,
    @Nullable Instant requestedAt) {

  /** Whether a lock that can be bypassed is in force. */
  public boolean isGoverned(Instant now) {
    return governedUntil != null && now.isBefore(governedUntil);
  }

  public boolean isRequested() {
    return requestedAt != null;
  }
}
