package io.waybill.core.upload;

/** Where one file of a task stands, seen from its current session. */
public enum ObjectStatus {
  PENDING,
  UPLOADING,
  PAUSED,
  COMPLETING,
  COMPLETED,
  FAILED,
  CANCELLED,
  SKIPPED_INSTANT_UPLOAD;

  public boolean countsAsCompleted() {
    return this == COMPLETED || this == SKIPPED_INSTANT_UPLOAD;
  }

  public static ObjectStatus of(Session session) {
    return session instanceof Session.Completed && InstantUpload.is(session)
        ? SKIPPED_INSTANT_UPLOAD
        : of(session.status());
  }

  /** Of what was sent, or is to be. */
  static ObjectStatus of(SessionStatus session) {
    return switch (session) {
      case INITIATING, INITIATED -> PENDING;
      case UPLOADING -> UPLOADING;
      case PAUSED -> PAUSED;
      case COMPLETING -> COMPLETING;
      case COMPLETED -> COMPLETED;
      case FAILED, EXPIRED -> FAILED;
      case ABORTING, ABORTED -> CANCELLED;
    };
  }
}
