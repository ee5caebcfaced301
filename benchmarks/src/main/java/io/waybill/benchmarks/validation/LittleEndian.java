package io.waybill.benchmarks.validation;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Little-endian fields one after the other. */
final class LittleEndian {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  LittleEndian raw(byte[] bytes) {
    return raw(bytes, bytes.length);
  }

  LittleEndian raw(byte[] bytes, int length) {
    out.write(bytes, 0, length);
    return this;
  }

  private LittleEndian number(long value, int width) {
    byte[] eight =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return raw(eight, width);
  }

  LittleEndian u8(long value) {
    return number(value, 1);
  }

  LittleEndian u16(long value) {
    return number(value, 2);
  }

  LittleEndian u32(long value) {
    return number(value, 4);
  }

  LittleEndian u64(long value) {
    return number(value, 8);
  }

  LittleEndian text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return u32(utf8.length).raw(utf8);
  }

  LittleEndian record(int kind, LittleEndian content) {
    return u8(kind).u64(content.size()).raw(content.all());
  }

  int size() {
    return out.size();
  }

  byte[] all() {
    return out.toByteArray();
  }
}
