package io.waybill.core.upload;

/** How something does not get on. */
public enum StandingStill {
  /** Its upload was to be made an hour ago. */
  INITIATING,
  /** It has been completing for an hour, or was taken over twenty times. */
  COMPLETING,
  /** It has been aborting for an hour. */
  ABORTING,
  /** Its store is about to drop what was uploaded, because that is not complete. */
  NEAR_PURGE,
  /** Storage was to copy it an hour ago. */
  COPYING,
  /** An event of an hour ago that a sink or an endpoint has not been told, and may still be. */
  DELIVERY,
  /** A dataset whose bytes came an hour ago, and that no validator has judged. */
  VALIDATION,
  /** A dataset whose purge was asked for an hour ago. */
  PURGE;

  /** Whether it is said of a session. */
  public boolean isOfSession() {
    return this != DELIVERY && this != VALIDATION && this != PURGE;
  }
}
