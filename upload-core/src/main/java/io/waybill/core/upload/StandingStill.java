package io.waybill.core.upload;

/** How a session does not get on. */
public enum StandingStill {
  /** Its upload was to be made an hour ago. */
  INITIATING,
  /** It has been completing for an hour, or was taken over twenty times. */
  COMPLETING,
  /** It has been aborting for an hour. */
  ABORTING,
  /** Its store is about to drop what was uploaded, because that is not complete. */
  NEAR_PURGE
}
