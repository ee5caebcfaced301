package io.waybill.core.dataset;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which datasets a list shows; a null filter lets everything through, and all must agree. PURGED
 * ones never show.
 *
 * @param search part of the name, of the file's name or of the metadata as text, in any case
 * @param sourceDeviceCode exactly this one
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
    @Nullable String sourceDeviceCode,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore,
    boolean includeDeleted) {

  public DatasetFilter {
    includeDeleted |= status == DatasetStatus.DELETED;
  }

  /** Lets everything through that is not deleted. */
  public static final DatasetFilter NONE =
      new DatasetFilter(null, null, null, null, null, null, null, null, false);

  /** Whatever code what it was sent by has. */
  public DatasetFilter(
      @Nullable String search,
      @Nullable DatasetStatus status,
      @Nullable ValidationStatus validationStatus,
      @Nullable RecoveryStatus recoveryStatus,
      @Nullable UUID tagId,
      @Nullable UUID sourceDeviceId,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore,
      boolean includeDeleted) {
    this(
        search,
        status,
        validationStatus,
        recoveryStatus,
        tagId,
        sourceDeviceId,
        null,
        createdAfter,
        createdBefore,
        includeDeleted);
  }

  /** The same for what this device sent. */
  public DatasetFilter from(@Nullable UUID deviceId) {
    return new DatasetFilter(
        search,
        status,
        validationStatus,
        recoveryStatus,
        tagId,
        deviceId,
        sourceDeviceCode,
        createdAfter,
        createdBefore,
        includeDeleted);
  }

  /** The same for what was sent by this code. */
  public DatasetFilter by(@Nullable String code) {
    return new DatasetFilter(
        search,
        status,
        validationStatus,
        recoveryStatus,
        tagId,
        sourceDeviceId,
        code,
        createdAfter,
        createdBefore,
        includeDeleted);
  }
}
