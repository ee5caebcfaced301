package io.waybill.validators.reading;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Bytes, compared with what a format has there. */
public final class Bytes {

  private Bytes() {}

  /** One byte for each character. */
  public static byte[] of(String latin) {
    return latin.getBytes(ISO_8859_1);
  }

  public static boolean startsWith(byte[] bytes, String latin) {
    return has(bytes, 0, latin);
  }

  public static boolean has(byte[] bytes, int offset, String latin) {
    byte[] expected = of(latin);
    return offset >= 0
        && offset <= bytes.length - expected.length
        && Arrays.equals(bytes, offset, offset + expected.length, expected, 0, expected.length);
  }
}
