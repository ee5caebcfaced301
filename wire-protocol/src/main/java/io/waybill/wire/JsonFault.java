package io.waybill.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Says what keeps bytes from being one JSON document within the bounds, and where, in our own words
 * and without anything of the source, which may hold a secret. Only asked about what the codec has
 * refused, so it need not be fast.
 */
final class JsonFault {

  private static final String UNKNOWN = "it is not JSON as RFC 8259 defines it";

  private JsonFault() {}

  /** The reason, with its place. */
  static String of(byte[] bytes) {
    Charset charset = WireText.charset(bytes);
    CharsetDecoder decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    int mark = WireText.mark(bytes, charset);
    ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (decoder.decode(in, out, true).isError()) {
      return "byte " + (in.position() + 1) + " is not " + charset;
    }
    return of(out.flip());
  }

  private static String of(CharSequence text) {
    try {
      new JsonScan(text).walk();
      return UNKNOWN;
    } catch (JsonScan.Found found) {
      return told(text, found.reason, found.place);
    }
  }

  private static String told(CharSequence text, String reason, int place) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < place; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return reason + " (line " + line + ", column " + (place - lineStart + 1) + ")";
  }
}
