package io.waybill.core.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The CRC of bytes from those of their pieces, without the bytes. A CRC is a remainder in GF(2)[x],
 * so the sum of A followed by B is that of A times x to the power of B's bits, plus that of B; both
 * CRCs begin with and are complemented by all ones, which cancel out. Bits are reflected: the
 * highest is x⁰.
 */
final class CombinedCrc {
  private static final CombinedCrc CRC32C = new CombinedCrc(32, 0x82F6_3B78L);
  private static final CombinedCrc CRC64NVME = new CombinedCrc(64, 0x9A6C_9329_AC4B_C9B5L);

  private final int bits;
  private final long polynomial;

  private CombinedCrc(int bits, long polynomial) {
    this.bits = bits;
    this.polynomial = polynomial;
  }

  /**
   * The sum of the parts one after the other, in Base64; nothing for a sum that cannot be combined,
   * or where a part has none.
   */
  static Optional<String> of(ChecksumAlgorithm algorithm, List<StoredPart> parts) {
    return switch (algorithm) {
      case CRC32C -> CRC32C.ofParts(algorithm, parts);
      case CRC64NVME -> CRC64NVME.ofParts(algorithm, parts);
      case SHA256 -> Optional.empty();
    };
  }

  private Optional<String> ofParts(ChecksumAlgorithm algorithm, List<StoredPart> parts) {
    long all = 0;
    long length = -1;
    long power = 0;
    for (StoredPart part : parts) {
      OptionalLong sum = sum(algorithm, part);
      if (sum.isEmpty()) {
        return Optional.empty();
      }
      if (part.sizeBytes() != length) { // parts are of one size, but for the last
        length = part.sizeBytes();
        power = toThePowerOf(length);
      }
      all = times(all, power) ^ sum.getAsLong();
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(base64(all));
  }

  private static OptionalLong sum(ChecksumAlgorithm algorithm, StoredPart part) {
    String base64 = part.sums().get(algorithm);
    if (base64 == null || !algorithm.isSum(base64)) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (byte octet : Base64.getDecoder().decode(base64)) {
      value = value << 8 | (octet & 0xff);
    }
    return OptionalLong.of(value);
  }

  private String base64(long sum) {
    byte[] eight = ByteBuffer.allocate(Long.BYTES).putLong(sum).array();
    return Base64.getEncoder()
        .encodeToString(Arrays.copyOfRange(eight, Long.BYTES - bits / 8, Long.BYTES));
  }

  /** x⁸ to the power of so many bytes. */
  private long toThePowerOf(long bytes) {
    long power = one();
    long square = one() >>> 8;
    for (long left = bytes; left != 0; left >>>= 1) {
      power = (left & 1) == 0 ? power : times(power, square);
      square = times(square, square);
    }
    return power;
  }

  private long one() {
    return 1L << (bits - 1);
  }

  private long times(long a, long b) {
    long product = 0;
    long shifted = b;
    for (long bit = one(); bit != 0; bit >>>= 1) {
      product ^= (a & bit) == 0 ? 0 : shifted;
      shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : polynomial);
    }
    return product;
  }
}
