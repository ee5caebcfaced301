package io.waybill.validators.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Malformed;

/**
 * The first and the last line of a text, as far as they are seen.
 *
 * @param last empty where the last line is longer than what is read of the end
 * @param lastAt where in the file the last line begins, or -1
 * @param lastLineEnds with a line feed
 */
record TextLines(String first, String last, long lastAt, boolean lastLineEnds) {

  static final int LENGTH = 64 << 10;

  /**
   * @param longest that the first line may be
   */
  static TextLines of(ByteSource file, int longest) {
    byte[] head = file.head(longest);
    int end = indexOf(head, '\n', 0);
    if (head.length == 0) {
      throw new Malformed(0, "the file is empty");
    }
    if (end < 0 && head.length < file.size()) {
      throw new Malformed(head.length, "no line ends in the first " + head.length + " bytes");
    }
    int length = end < 0 ? head.length : end;
    int zero = indexOf(head, 0, 0);
    if (zero >= 0) {
      throw new Malformed(zero, "this is no text in UTF-8: a byte is 0");
    }
    String first = line(head, 0, length);
    return withLast(file, first.startsWith("\uFEFF") ? first.substring(1) : first);
  }

  private static TextLines withLast(ByteSource file, String first) {
    byte[] tail = file.tail(LENGTH);
    boolean lastLineEnds = tail[tail.length - 1] == '\n';
    int end = lastLineEnds ? tail.length - 1 : tail.length;
    int start = end;
    while (start > 0 && tail[start - 1] != '\n') {
      start--;
    }
    if (start == 0 && tail.length < file.size()) {
      return new TextLines(first, "", -1, lastLineEnds);
    }
    long at = file.size() - tail.length + start;
    return new TextLines(first, line(tail, start, end), at, lastLineEnds);
  }

  boolean hasLast() {
    return lastAt >= 0;
  }

  private static String line(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    return new String(bytes, from, end - from, UTF_8);
  }

  private static int indexOf(byte[] bytes, int value, int from) {
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == value) {
        return at;
      }
    }
    return -1;
  }
}
