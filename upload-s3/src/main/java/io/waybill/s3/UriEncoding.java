package io.waybill.s3;

import java.nio.charset.StandardCharsets;

/** Percent-encoding as Signature Version 4 wants it: everything but {@code A-Z a-z 0-9 - . _ ~}. */
final class UriEncoding {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private UriEncoding() {}

  /** A query value. */
  static String value(String text) {
    return encode(text, false);
  }

  /** An object key as a path: slashes stay. */
  static String path(String key) {
    return encode(key, true);
  }

  /** Most keys and upload ids need nothing, and cost nothing. */
  private static String encode(String text, boolean keepSlash) {
    for (int i = 0; i < text.length(); i++) {
      if (!isKept(text.charAt(i), keepSlash)) {
        return encodeFrom(i, text, keepSlash);
      }
    }
    return text;
  }

  private static String encodeFrom(int start, String text, boolean keepSlash) {
    StringBuilder encoded = new StringBuilder(text.length() + 32).append(text, 0, start);
    for (byte b : text.substring(start).getBytes(StandardCharsets.UTF_8)) {
      if (isKept(b, keepSlash)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
      }
    }
    return encoded.toString();
  }

  private static boolean isKept(int c, boolean keepSlash) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c == '/' && keepSlash)
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
