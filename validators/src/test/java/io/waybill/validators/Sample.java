package io.waybill.validators;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.validation.FileInspector.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Builds files by hand, field after field. */
public final class Sample {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteOrder order;

  private Sample(ByteOrder order) {
    this.order = order;
  }

  public static Sample little() {
    return new Sample(ByteOrder.LITTLE_ENDIAN);
  }

  public static Sample big() {
    return new Sample(ByteOrder.BIG_ENDIAN);
  }

  public Sample u8(int value) {
    bytes.write(value);
    return this;
  }

  public Sample u16(int value) {
    return raw(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
  }

  public Sample u32(long value) {
    return raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
  }

  public Sample u64(long value) {
    return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
  }

  public Sample f64(double value) {
    return raw(ByteBuffer.allocate(8).order(order).putDouble(value).array());
  }

  /** One byte for each character. */
  public Sample latin(String text) {
    return raw(text.getBytes(ISO_8859_1));
  }

  /** Text behind its length of four bytes. */
  public Sample text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return u32(utf8.length).raw(utf8);
  }

  public Sample raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  /** Zeros, up to this length. */
  public Sample upTo(int length) {
    return raw(new byte[length - bytes.size()]);
  }

  public int size() {
    return bytes.size();
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** A stored object of these bytes. */
  public static Bytes stored(byte[] object) {
    return (offset, length) ->
        Arrays.copyOfRange(
            object,
            (int) Math.min(offset, object.length),
            (int) Math.min(offset + length, object.length));
  }
}
