package io.waybill.core.upload;

import io.waybill.core.dataset.DatasetStatus;

/** The names of the session's states; the states themselves are {@link Session}'s records. */
public enum SessionStatus {
  INITIATING,
  INITIATED,
  UPLOADING,
  PAUSED,
  COMPLETING,
  COMPLETED,
  ABORTING,
  ABORTED,
  EXPIRED,
  FAILED;

  static SessionStatus of(Session session) {
    return switch (session) {
      case Session.Initiating s -> INITIATING;
      case Session.Initiated s -> INITIATED;
      case Session.Uploading s -> UPLOADING;
      case Session.Paused s -> PAUSED;
      case Session.Completing s -> COMPLETING;
      case Session.Completed s -> COMPLETED;
      case Session.Aborting s -> ABORTING;
      case Session.Aborted s -> ABORTED;
      case Session.Expired s -> EXPIRED;
      case Session.Failed s -> FAILED;
    };
  }

  /** Where the dataset stands when its session has moved to this state. */
  public DatasetStatus ofDataset(boolean validationRequired) {
    return switch (this) {
      case INITIATING, INITIATED, ABORTING, ABORTED, EXPIRED, FAILED ->
          DatasetStatus.UPLOAD_PENDING;
      case UPLOADING, COMPLETING -> DatasetStatus.UPLOADING;
      case PAUSED -> DatasetStatus.PAUSED;
      case COMPLETED -> validationRequired ? DatasetStatus.PROCESSING : DatasetStatus.READY;
    };
  }
}
