package io.waybill.s3;

import java.nio.charset.StandardCharsets;

/** Percent-encoding as Signature Version 4 wants it: everything but {@code A-Z a-z 0-9 - . _ ~}. */
final class UriEncoding {

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private UriEncoding() {}

  /** Appends a query name or value. */
  static void appendValue(StringBuilder to, String text) {
    append(to, text, false);
  }

  /** Appends an object key as a path: slashes stay. */
  static void appendPath(StringBuilder to, String key) {
    append(to, key, true);
  }

  private static void append(StringBuilder to, String text, boolean keepSlash) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        appendBytes(to, text.substring(i), keepSlash);
        return;
      }
      appendByte(to, c, keepSlash);
    }
  }

  private static void appendBytes(StringBuilder to, String text, boolean keepSlash) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      appendByte(to, b & 0xff, keepSlash);
    }
  }

  private static void appendByte(StringBuilder to, int b, boolean keepSlash) {
    if (isUnreserved(b) || (keepSlash && b == '/')) {
      to.append((char) b);
    } else {
      to.append('%').append(HEX[b >> 4]).append(HEX[b & 15]);
    }
  }

  private static boolean isUnreserved(int b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
