package io.waybill.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes as the text of one message. Controllers keep texts in buffers of a fixed size and send the
 * whole buffer: the text ends at its first NUL, whatever stands behind it.
 */
final class WireText {

  private static final int ETX = 3;
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private WireText() {}

  /**
   * What of a payload is its message: without a byte order mark, up to the first NUL, without the
   * white space, CR, LF and ETX at its end; as UTF-8. What is no text of its encoding stays as it
   * is, so that whoever reads it can say where.
   */
  static byte[] message(byte[] payload) {
    Charset charset = charset(payload);
    return charset.equals(StandardCharsets.UTF_8) ? utf8(payload) : utf16(payload, charset);
  }

  /**
   * UTF-16 where a mark says so, or where one of the first two bytes is NUL and the other is not: a
   * message has at least two characters, so as UTF-8 it would have ended too soon to be one.
   */
  static Charset charset(byte[] bytes) {
    if (bytes.length < 2) {
      return StandardCharsets.UTF_8;
    }
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if ((first == 0xFE && second == 0xFF) || (first == 0 && second != 0)) {
      return StandardCharsets.UTF_16BE;
    }
    boolean isLittleEndian =
        (first == 0xFF && second == 0xFE)
            || (first != 0 && second == 0 && bytes.length > 3 && bytes[2] != 0);
    return isLittleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }

  /** The number of bytes at the start that only name the encoding. */
  static int mark(byte[] bytes, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return bytes.length >= 3 && Arrays.equals(bytes, 0, 3, UTF_8_MARK, 0, 3) ? 3 : 0;
    }
    return (bytes[0] & 0xFF) >= 0xFE ? 2 : 0;
  }

  private static byte[] utf8(byte[] payload) {
    int start = mark(payload, StandardCharsets.UTF_8);
    int end = start;
    while (end < payload.length && payload[end] != 0) {
      end++;
    }
    while (end > start && isPadding(payload[end - 1])) {
      end--;
    }
    return start == 0 && end == payload.length ? payload : Arrays.copyOfRange(payload, start, end);
  }

  private static byte[] utf16(byte[] payload, Charset charset) {
    int start = mark(payload, charset);
    int end = start;
    while (end + 1 < payload.length && (payload[end] != 0 || payload[end + 1] != 0)) {
      end += 2;
    }
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(payload, start, end - start));
      int length = text.length();
      while (length > 0 && isPadding(text.charAt(length - 1))) {
        length--;
      }
      return text.subSequence(0, length).toString().getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException notThisEncoding) {
      return payload;
    }
  }

  private static boolean isPadding(int character) {
    return character == ' '
        || character == '\t'
        || character == '\r'
        || character == '\n'
        || character == ETX;
  }
}
