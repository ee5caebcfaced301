package io.waybill.agent.local;

import java.util.Locale;

/** Text on a terminal: what would steer it, or turn it around, is shown and does nothing. */
public final class Shown {

  private Shown() {}

  /** One line of it. */
  public static String line(String text) {
    return escaped(text, "\\x%02x");
  }

  /** A JSON document: the same characters stand only inside of its strings. */
  public static String json(String document) {
    return escaped(document, "\\u%04x");
  }

  private static String escaped(String text, String small) {
    if (text.codePoints().noneMatch(Shown::steers)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (!steers(point)) {
            shown.appendCodePoint(point);
          } else if (ByteText.isByte(point)) {
            shown.append(String.format(Locale.ROOT, small, ByteText.byteOf(point)));
          } else {
            shown.append(String.format(Locale.ROOT, point < 0x20 ? small : "\\u%04x", point));
          }
        });
    return shown.toString();
  }

  /** Control characters, what turns the direction of writing, and what is no character at all. */
  static boolean steers(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> turns(point);
    };
  }

  private static boolean turns(int point) {
    return point == 0x061c
        || (point >= 0x200e && point <= 0x200f)
        || (point >= 0x202a && point <= 0x202e)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
