package io.waybill.agent.local;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text and back, without loss: UTF-8 where they are that, and for each byte that is not, a
 * lone surrogate from U+DC80 to U+DCFF, as Python has it. File names are bytes, whatever the locale
 * says, and the JVM's own way from one to the other loses what the locale does not know.
 */
public final class ByteText {

  private static final int ESCAPED = 0xDC00;

  private ByteText() {}

  public static String of(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int n = 0; n < result.length(); n++) {
        out.put((char) (ESCAPED + (in.get() & 0xff)));
      }
      decoder.reset();
    }
    return out.flip().toString();
  }

  public static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    text.codePoints()
        .forEach(point -> {
          if (isByte(point)) {
            bytes.write(point - ESCAPED);
          } else {
            bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
          }
        });
    return bytes.toByteArray();
  }

  /** Whether this stands for one byte that is no part of any character. */
  static boolean isByte(int point) {
    return point >= ESCAPED + 0x80 && point <= ESCAPED + 0xff;
  }

  static int byteOf(int point) {
    return point - ESCAPED;
  }

  /** Whether the bytes behind this text are valid UTF-8. */
  public static boolean isWhole(String text) {
    return text.codePoints().noneMatch(ByteText::isByte);
  }
}
