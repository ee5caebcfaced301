package io.waybill.core.upload;

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
  FAILED
}
