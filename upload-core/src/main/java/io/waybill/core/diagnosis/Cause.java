package io.waybill.core.diagnosis;

import java.util.Locale;

/** What something can stand still for: one word each. {@code docs/diagnosis.md} has them all. */
public enum Cause {
  /** The device that sends the file is not connected. */
  WAITING_FOR_DEVICE,
  /** The device that sends the file is not let in. */
  DEVICE_INACTIVE,
  /** Nobody has asked for a URL yet. */
  URLS_NOT_REQUESTED,
  /** The last URLs are over, and nobody has asked for more. */
  URLS_EXPIRED,
  /** Storage has a part that is not the planned one, or does not take the parts. */
  PART_REFUSED,
  /** Somebody asked to complete before all parts were there. */
  MISSING_PARTS,
  /** All parts are there, and nobody has asked to complete. */
  NOT_COMPLETED,
  /** Somebody does not want it to move. */
  PAUSED,
  /** Storage does not answer, or not clearly. */
  STORAGE_UNAVAILABLE,
  /** Storage refuses this installation. */
  STORAGE_REFUSED,
  /** Storage has said that it does not know the upload. */
  UPLOAD_MISSING,
  /** Whoever was completing it has died; a worker takes it up. */
  INTERRUPTED,
  /** Storage is to copy it from a dataset that has the same bytes. */
  INSTANT_COPY,
  /** It moves, and little of its life is left. */
  EXPIRES_SOON,
  /** Its life is over. */
  EXPIRED,
  /** It will not come to its end. */
  FAILED,
  /** Storage has not dropped its parts yet. */
  ABORTING,
  /** It has failed, and its retry would not fit into a quota. */
  QUOTA,
  /** Of a dataset: no upload fills it. */
  NO_UPLOAD,
  /** Of a dataset: its bytes are there, and no validator has passed them yet. */
  VALIDATION_PENDING,
  /** Of a dataset: a validator did not pass it. */
  VALIDATION_FAILED,
  /** Of a dataset: after a restore it is not yet known, or not true, that its object is there. */
  RECOVERY;

  /** The wire form, which never changes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
