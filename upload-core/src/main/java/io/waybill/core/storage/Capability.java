package io.waybill.core.storage;

import java.util.Locale;

/** Something that a store does, or does not. */
public enum Capability {
  /** A repeated CompleteMultipartUpload is answered as the first one was. */
  IDEMPOTENT_COMPLETE,
  /** ListMultipartUploads finds an upload by the beginning of its key. */
  PREFIX_LISTING,
  /** {@code If-None-Match} keeps CompleteMultipartUpload from replacing an object. */
  COMPLETE_IF_ABSENT,
  /** A PUT to a signed URL whose bytes do not have the sum that was signed is refused. */
  CHECKSUM_CRC32C,
  CHECKSUM_CRC64NVME,
  CHECKSUM_SHA256,
  SSE_S3,
  SSE_KMS,
  OBJECT_LOCK,
  VERSIONING;

  /** The one that it takes to check such sums. */
  public static Capability of(ChecksumAlgorithm algorithm) {
    return valueOf("CHECKSUM_" + algorithm.name());
  }

  /** {@code object lock}: as sentences name it. */
  public String noun() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
