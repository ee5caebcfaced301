package io.waybill.s3;

import io.waybill.core.ReadableText;

/**
 * The header that tells a browser under which name to save (RFC 6266): the name in ASCII for those
 * who know nothing else, and as it is (RFC 8187) for all others. Whatever the name is, it ends
 * neither the quotes nor the header, names no folder and shows what it holds.
 */
final class ContentDisposition {

  private ContentDisposition() {}

  static String attachment(String fileName) {
    StringBuilder plain = new StringBuilder(fileName.length());
    StringBuilder whole = new StringBuilder(fileName.length());
    fileName
        .codePoints()
        .map(c -> isFit(c) ? c : '_')
        .forEach(c -> {
          whole.appendCodePoint(c);
          plain.append(isPlain(c) ? (char) c : '_');
        });
    return "attachment; filename=\""
        + plain
        + "\"; filename*=UTF-8''"
        + UriEncoding.value(whole.toString());
  }

  private static boolean isFit(int c) {
    return c != '/' && c != '\\' && ReadableText.is(Character.toString(c));
  }

  /** What stands for itself between quotes; some readers take {@code %41} for an A. */
  private static boolean isPlain(int c) {
    return c >= 0x20 && c <= 0x7e && c != '"' && c != '%';
  }
}
