package io.waybill.core.storage;

import java.util.Base64;
import java.util.Locale;

/** A sum over a part that a store checks by itself. */
public enum ChecksumAlgorithm {
  CRC32C(4),
  CRC64NVME(8),
  SHA256(32);

  private final int bytes;

  ChecksumAlgorithm(int bytes) {
    this.bytes = bytes;
  }

  /** {@code x-amz-checksum-crc32c}: the header in which S3 takes and gives the sum. */
  public String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /** {@code crc32c}: as answers name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code combined_crc32c}: how a sum of the whole that was combined of its parts' is kept. */
  public String combinedWord() {
    return "combined_" + word();
  }

  /** Whether the text is such a sum in Base64, in the one form that this has. */
  public boolean isSum(String base64) {
    try {
      byte[] sum = Base64.getDecoder().decode(base64);
      return sum.length == bytes && Base64.getEncoder().encodeToString(sum).equals(base64);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
