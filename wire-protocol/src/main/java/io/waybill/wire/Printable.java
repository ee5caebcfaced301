package io.waybill.wire;

/** Texts that can be shown in a log line, a header and an answer. */
final class Printable {

  private Printable() {}

  static boolean isText(String text, int maxChars) {
    return !text.isEmpty()
        && text.length() <= maxChars
        && text.codePoints().allMatch(Printable::isPrintable);
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
