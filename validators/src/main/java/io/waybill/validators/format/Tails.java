package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;

/** How files end. */
final class Tails {

  /** As far from its end as something may lie that belongs there. */
  static final int LENGTH = 64 << 10;

  private Tails() {}

  /** Whether the last bytes hold these; what comes behind them does no harm. */
  static boolean contains(ByteSource file, String latin) {
    return last(file.tail(LENGTH), latin) >= 0;
  }

  /** Where these bytes stand last, or -1. */
  static int last(byte[] bytes, String latin) {
    byte first = (byte) latin.charAt(0);
    for (int at = bytes.length - latin.length(); at >= 0; at--) {
      if (bytes[at] == first && Bytes.has(bytes, at, latin)) {
        return at;
      }
    }
    return -1;
  }
}
