package io.waybill.core;

import java.util.ArrayList;
import java.util.List;

/** The rule for texts that people read in lists and timelines. */
public final class ReadableText {

  private ReadableText() {}

  /** Whether a text shows what it holds: nothing that steers a terminal or turns text around. */
  public static boolean is(String text) {
    return text.codePoints().noneMatch(ReadableText::misleads);
  }

  /** What is wrong with the text of a field. */
  public static List<FieldError> check(String field, String text, int maxChars) {
    List<FieldError> errors = checkLong(field, text, maxChars);
    if (!is(text)) {
      errors.add(
          new FieldError(
              field,
              EntryCode.REQUEST_CONTROL_CHARACTER,
              "must hold no control or bidirectional characters"));
    }
    return errors;
  }

  /** The same of a text that may have lines. */
  public static List<FieldError> checkLong(String field, String text, int maxChars) {
    List<FieldError> errors = new ArrayList<>();
    if (text.length() > maxChars) {
      errors.add(
          new FieldError(
              field,
              EntryCode.REQUEST_FIELD_TOO_LONG,
              "must be at most " + maxChars + " characters"));
    }
    if (MetadataRule.isSecret(text)) {
      errors.add(MetadataRule.secretIn(field));
    }
    return errors;
  }

  private static boolean misleads(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || codePoint == 0x061C
        || codePoint == 0x200E
        || codePoint == 0x200F
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
