package io.waybill.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * What guards an object's bytes.
 *
 * @param kmsKeyRef name of a key in the operator's configuration; null for the store's own
 * @param lockDays null where the mode locks nothing
 * @param legalHold whether it is held from the beginning
 */
public record Protection(
    ChecksumMode checksum,
    EncryptionMode encryption,
    @Nullable String kmsKeyRef,
    ObjectLockMode lock,
    @Nullable Integer lockDays,
    boolean legalHold) {

  /** Sums that clients report, and nothing else. */
  public static final Protection USUAL =
      new Protection(
          ChecksumMode.CLIENT_REPORTED,
          EncryptionMode.NONE,
          null,
          ObjectLockMode.NONE,
          null,
          false);
}
