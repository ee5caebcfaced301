package io.waybill.core.dataset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a dataset may be purged, beside the dataset itself.
 *
 * @param retentionDays how long its project, or a policy that its uploads ran under, keeps what is
 *     deleted, whichever is longer; null for no time at all
 * @param lockedUntil when storage lets the last of its locked objects go; null where none is locked
 * @param isUploading whether an upload of it may still bring an object
 * @param requestedAt since when it is being purged; null while it is not
 */
public record PurgeStanding(
    @Nullable Integer retentionDays,
    @Nullable Instant lockedUntil,
    boolean isUploading,
    @Nullable Instant requestedAt) {

  public boolean isRequested() {
    return requestedAt != null;
  }
}
