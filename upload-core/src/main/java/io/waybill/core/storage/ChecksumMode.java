package io.waybill.core.storage;

import org.jspecify.annotations.Nullable;

/** Who looks whether what is stored is what was sent. */
public enum ChecksumMode {
  NONE(null),
  CLIENT_REPORTED(null),
  SERVER_ASYNC_VALIDATE(null),
  SERVER_STRICT_VALIDATE(null),
  STORAGE_NATIVE_CRC32C(ChecksumAlgorithm.CRC32C),
  STORAGE_NATIVE_CRC64NVME(ChecksumAlgorithm.CRC64NVME),
  STORAGE_NATIVE_SHA256(ChecksumAlgorithm.SHA256);

  private final @Nullable ChecksumAlgorithm algorithm;

  ChecksumMode(@Nullable ChecksumAlgorithm algorithm) {
    this.algorithm = algorithm;
  }

  /** The sum that the store checks on every part; null where it checks none. */
  public @Nullable ChecksumAlgorithm algorithm() {
    return algorithm;
  }

  /** Whether it takes a worker of ours that reads what was stored. */
  public boolean isByServer() {
    return this == SERVER_ASYNC_VALIDATE || this == SERVER_STRICT_VALIDATE;
  }
}
