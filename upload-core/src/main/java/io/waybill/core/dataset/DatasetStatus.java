package io.waybill.core.dataset;

import io.waybill.core.upload.SessionStatus;

/** The product lifecycle of a dataset; not the same thing as its upload. */
public enum DatasetStatus {
  CREATED,
  UPLOAD_PENDING,
  UPLOADING,
  PAUSED,
  PROCESSING,
  READY,
  QUARANTINED,
  REJECTED,
  ARCHIVED,
  DELETED,
  PURGED;

  /** Where the dataset stands when its upload session has moved to this state. */
  public static DatasetStatus of(SessionStatus session, boolean validationRequired) {
    return switch (session) {
      case INITIATING, INITIATED, ABORTING, ABORTED, EXPIRED, FAILED -> UPLOAD_PENDING;
      case UPLOADING, COMPLETING -> UPLOADING;
      case PAUSED -> PAUSED;
      case COMPLETED -> validationRequired ? PROCESSING : READY;
    };
  }
}
