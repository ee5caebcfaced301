package io.waybill.core.dataset;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which datasets a list shows; a null filter lets everything through, and all must agree. PURGED
 * ones never show.
 *
 * @param search part of the name, of the file's name or of the metadata as text, in any case
 * @param includeDeleted whether those in the recycle bin show, too; they do for who asks for them
 *     by their status
 */
public record DatasetFilter(
    @Nullable String search,
    @Nullable DatasetStatus status,
    @Nullable ValidationStatus validationStatus,
    @Nullable RecoveryStatus recoveryStatus,
    @Nullable UUID tagId,
    @Nullable UUID sourceDeviceId,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore,
    boolean includeDeleted) {

  public DatasetFilter {
    includeDeleted |= status == DatasetStatus.DELETED;
  }

  /** Lets everything through that is not deleted. */
  public static final DatasetFilter NONE =
      new DatasetFilter(null, null, null, null, null, null, null, null, false);

  /** The same for what this device sent. */
  public DatasetFilter from(@Nullable UUID deviceId) {
    return new DatasetFilter(
        search,
        status,
        validationStatus,
        recoveryStatus,
        tagId,
        deviceId,
        createdAfter,
        createdBefore,
        includeDeleted);
  }
}
