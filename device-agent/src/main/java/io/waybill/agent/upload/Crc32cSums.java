package io.waybill.agent.upload;

/** Sums of pieces made the sum of the whole, without reading a byte again. */
final class Crc32cSums {

  private static final int POLYNOMIAL = 0x82F63B78;
  private static final int ONE = 1 << 31;
  private static final int BYTE = 1 << 23;

  private Crc32cSums() {}

  /** The CRC32C of two pieces one after the other, from theirs; that of nothing is 0. */
  static int joined(int first, int second, long secondLength) {
    return times(shiftedBy(secondLength), first) ^ second;
  }

  /** x to the power of eight times {@code bytes}, by squaring. */
  private static int shiftedBy(long bytes) {
    int power = ONE;
    int square = BYTE;
    for (long left = bytes; left > 0; left >>>= 1) {
      if ((left & 1) != 0) {
        power = times(square, power);
      }
      square = times(square, square);
    }
    return power;
  }

  /** Modulo the polynomial; bits are mirrored, as in the sums themselves. */
  private static int times(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
    }
    return product;
  }
}
