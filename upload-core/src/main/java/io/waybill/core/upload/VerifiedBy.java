package io.waybill.core.upload;

import java.util.Locale;

/** Who has looked, when an upload completed, whether what is stored is what was sent. */
public enum VerifiedBy {
  /** Nobody: storage has an object of the right size. */
  NONE,

  /** Nobody either; but the client has said what the sum of its file is. */
  CLIENT_REPORTED,

  /** The store, which refuses every part that has not the sum its URL was signed for. */
  STORAGE,

  /** A worker of ours that read what was stored. */
  SERVER;

  /** {@code client_reported}: as a receipt says it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static VerifiedBy of(Upload upload) {
    if (upload.protection().checksum().algorithm() != null) {
      return STORAGE;
    }
    return upload.checksumSha256() == null ? NONE : CLIENT_REPORTED;
  }
}
