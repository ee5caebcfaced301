package io.waybill.core.dataset;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a dataset stands.
 *
 * @param readyAt when its data was ready; null while it is not, and was not
 * @param archivedAt null while it is not ARCHIVED
 * @param deletedAt when it was put into the recycle bin; null while it is in none
 * @param deletedFrom what it was before that, and is again when it is restored
 */
public record DatasetStanding(
    DatasetStatus status,
    ValidationStatus validationStatus,
    RecoveryStatus recoveryStatus,
    @Nullable Instant readyAt,
    @Nullable Instant archivedAt,
    @Nullable Instant deletedAt,
    @Nullable DatasetStatus deletedFrom) {

  /** Of one that is neither archived nor deleted. */
  public static DatasetStanding of(
      DatasetStatus status,
      ValidationStatus validation,
      RecoveryStatus recovery,
      @Nullable Instant readyAt) {
    return new DatasetStanding(status, validation, recovery, readyAt, null, null, null);
  }

  /** Where its upload takes it. */
  public DatasetStanding in(DatasetStatus next, @Nullable Instant newReadyAt) {
    Instant stillArchived = next == DatasetStatus.ARCHIVED ? archivedAt : null;
    return new DatasetStanding(
        next, validationStatus, recoveryStatus, newReadyAt, stillArchived, deletedAt, deletedFrom);
  }

  /** The same with its object seen: whatever a recovery has said of it before. */
  public DatasetStanding seen() {
    return with(status, RecoveryStatus.NORMAL);
  }

  /**
   * What a recovery says of its object: READY is only what has it, and what waited for nothing else
   * is READY again.
   */
  public DatasetStanding recovered(RecoveryStatus next) {
    if (next != RecoveryStatus.NORMAL) {
      return with(status == DatasetStatus.READY ? DatasetStatus.PROCESSING : status, next);
    }
    boolean waitedForThis =
        status == DatasetStatus.PROCESSING && readyAt != null && validationStatus.allowsUse();
    return with(waitedForThis ? DatasetStatus.READY : status, next);
  }

  private DatasetStanding with(DatasetStatus next, RecoveryStatus recovery) {
    return new DatasetStanding(
        next, validationStatus, recovery, readyAt, archivedAt, deletedAt, deletedFrom);
  }

  /** READY, or what waits for its object to be seen first. */
  private DatasetStatus readyOrSoon() {
    return recoveryStatus == RecoveryStatus.NORMAL ? DatasetStatus.READY : DatasetStatus.PROCESSING;
  }

  /** The same with what validators have to say next. */
  public DatasetStanding validated(ValidationStatus next) {
    return new DatasetStanding(
        status, next, recoveryStatus, readyAt, archivedAt, deletedAt, deletedFrom);
  }

  /** READY → ARCHIVED. */
  DatasetStanding archived(Instant at) {
    return new DatasetStanding(
        DatasetStatus.ARCHIVED, validationStatus, recoveryStatus, readyAt, at, null, null);
  }

  /** ARCHIVED → READY; PROCESSING while it is not known whether its object is there. */
  DatasetStanding unarchived() {
    return new DatasetStanding(
        readyOrSoon(), validationStatus, recoveryStatus, readyAt, null, null, null);
  }

  /** QUARANTINED → READY: who releases it answers for what validators did not pass. */
  DatasetStanding released(Instant at) {
    ValidationStatus judged =
        switch (validationStatus) {
          case NOT_REQUIRED, PASSED -> validationStatus;
          case PENDING, RUNNING, FAILED, SKIPPED -> ValidationStatus.SKIPPED;
        };
    return new DatasetStanding(
        DatasetStatus.READY, judged, recoveryStatus, at, archivedAt, deletedAt, deletedFrom);
  }

  /** Into the recycle bin. */
  DatasetStanding deleted(Instant at) {
    return new DatasetStanding(
        DatasetStatus.DELETED,
        validationStatus,
        recoveryStatus,
        readyAt,
        archivedAt,
        at,
        /* deletedFrom= */ status);
  }

  /** For ever. */
  DatasetStanding purged() {
    return new DatasetStanding(
        DatasetStatus.PURGED,
        validationStatus,
        recoveryStatus,
        readyAt,
        archivedAt,
        deletedAt,
        /* deletedFrom= */ null);
  }

  /** Out of it. */
  DatasetStanding undeleted(DatasetStatus back) {
    DatasetStatus next = back == DatasetStatus.READY ? readyOrSoon() : back;
    return new DatasetStanding(
        next, validationStatus, recoveryStatus, readyAt, archivedAt, null, null);
  }
}
