package io.waybill.validators.reading;

/** Text out of a file, as it may be shown. */
final class Text {

  private Text() {}

  /** Cut, without what would steer a terminal or is no character. */
  static String clean(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    int at = 0;
    while (at < text.length() && clean.length() < longest) {
      int character = text.codePointAt(at);
      clean.appendCodePoint(isShown(character) ? character : '\uFFFD');
      at += Character.charCount(character);
    }
    return at < text.length() ? clean.append('…').toString() : clean.toString();
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
