package io.waybill.validators.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Fields, one after the other. A length is checked before it is believed: what does not fit into
 * the bytes that are there is {@link Malformed}, with its place in the file.
 */
public final class Fields {

  private final ByteBuffer bytes;
  private final long origin;

  /**
   * @param origin where in the file the first byte lies
   */
  public Fields(byte[] bytes, long origin, ByteOrder order) {
    this.bytes = ByteBuffer.wrap(bytes).order(order);
    this.origin = origin;
  }

  private Fields(ByteBuffer bytes, long origin) {
    this.bytes = bytes;
    this.origin = origin;
  }

  /** Where in the file the next field lies. */
  public long at() {
    return origin + bytes.position();
  }

  public int left() {
    return bytes.remaining();
  }

  public boolean hasMore() {
    return bytes.hasRemaining();
  }

  public int u8() {
    return need(1).get() & 0xff;
  }

  public int u16() {
    return need(2).getShort() & 0xffff;
  }

  public long u32() {
    return need(4).getInt() & 0xffff_ffffL;
  }

  public int i32() {
    return need(4).getInt();
  }

  /** Eight bytes as they are: what is more than a long can hold is negative. */
  public long bits64() {
    return need(8).getLong();
  }

  /** A number of things or bytes: none is as large as 2⁶³. */
  public long u64() {
    long at = at();
    long value = need(8).getLong();
    if (value < 0) {
      throw new Malformed(at, Long.toUnsignedString(value) + " is more than any file holds");
    }
    return value;
  }

  /** A number of 1, 2, 4 or 8 bytes. */
  public long unsigned(int width) {
    return switch (width) {
      case 1 -> u8();
      case 2 -> u16();
      case 4 -> u32();
      case 8 -> u64();
      default -> throw wrong("a number of " + width + " bytes");
    };
  }

  public float f32() {
    return need(4).getFloat();
  }

  public double f64() {
    return need(8).getDouble();
  }

  public byte[] raw(long length) {
    byte[] raw = new byte[(int) fits(length)];
    bytes.get(raw);
    return raw;
  }

  /** Text in UTF-8; what is none is replaced. */
  public String text(long length) {
    return new String(raw(length), UTF_8);
  }

  /** Text in a field of a fixed length, which ends at its first zero. */
  public String paddedText(int length) {
    String text = text(length);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  public Fields skip(long length) {
    bytes.position(bytes.position() + (int) fits(length));
    return this;
  }

  /** The next bytes as fields of their own. */
  public Fields part(long length) {
    long at = at();
    ByteBuffer part = bytes.slice(bytes.position(), (int) fits(length)).order(bytes.order());
    skip(length);
    return new Fields(part, at);
  }

  public Malformed wrong(String what) {
    return new Malformed(at(), what);
  }

  private ByteBuffer need(int length) {
    fits(length);
    return bytes;
  }

  private long fits(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw wrong("%d bytes are expected, and %d are left".formatted(length, bytes.remaining()));
    }
    return length;
  }
}
