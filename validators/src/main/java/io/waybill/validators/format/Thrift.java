package io.waybill.validators.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Malformed;
import java.util.ArrayDeque;
import java.util.Deque;

/** Thrift's compact protocol, read forward: structures are as deep as {@link #DEEPEST} at most. */
final class Thrift {

  static final int I64 = 6;
  static final int BINARY = 8;
  static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int DEEPEST = 16;
  private static final int WINDOW = 64 << 10;
  private static final int LONGEST_TEXT = 4096;

  private final ByteSource file;
  private final long end;
  private final Deque<Integer> outer = new ArrayDeque<>();
  private byte[] window = new byte[0];
  private long windowAt;
  private long at;
  private int id;

  Thrift(ByteSource file, long start, long end) {
    this.file = file;
    this.at = start;
    this.windowAt = start;
    this.end = end;
  }

  long at() {
    return at;
  }

  /** The field that is read now. */
  int id() {
    return id;
  }

  /** The type of the next field, 0 where the structure ends. */
  int field() {
    int head = u8();
    int type = head & 0x0f;
    if (type != 0) {
      int step = head >> 4;
      id = step != 0 ? id + step : (int) number();
    }
    return type;
  }

  void open() {
    if (outer.size() >= DEEPEST) {
      throw new Malformed(at, "the footer is nested too deep");
    }
    outer.push(id);
    id = 0;
  }

  void close() {
    id = outer.pop();
  }

  long number() {
    long bits = varint();
    return (bits >>> 1) ^ -(bits & 1);
  }

  String text() {
    long length = length();
    byte[] text = file.read(at, (int) Math.min(length, LONGEST_TEXT));
    at += length;
    return new String(text, UTF_8);
  }

  /** The number of elements of a list of structures. */
  long list() {
    int head = u8();
    if ((head & 0x0f) != STRUCT) {
      throw new Malformed(at, "a list of structures is expected");
    }
    return elements(head);
  }

  /** Skips a list and says how many elements it had. */
  long skipList() {
    int head = u8();
    long count = elements(head);
    for (long element = 0; element < count; element++) {
      skipElement(head & 0x0f);
    }
    return count;
  }

  void skip(int type) {
    switch (type) {
      case 1, 2 -> {}
      case 3 -> u8();
      case 4, 5, I64 -> varint();
      case 7 -> skipBytes(8);
      case BINARY -> skipBytes(length());
      case LIST, SET -> {
        open();
        skipList();
        close();
      }
      case MAP -> skipMap();
      case STRUCT -> skipStruct();
      default -> throw new Malformed(at, "a field of type " + type);
    }
  }

  private void skipElement(int type) {
    if (type == 1 || type == 2) {
      u8();
    } else {
      skip(type);
    }
  }

  private void skipStruct() {
    open();
    for (int type = field(); type != 0; type = field()) {
      skip(type);
    }
    close();
  }

  private void skipMap() {
    long count = length();
    int types = count == 0 ? 0 : u8();
    open();
    for (long entry = 0; entry < count; entry++) {
      skipElement(types >> 4);
      skipElement(types & 0x0f);
    }
    close();
  }

  /** No more than there are bytes: each element has one at least. */
  private long elements(int head) {
    long count = head >> 4 == 15 ? varint() : head >> 4;
    return count > end - at || count < 0 ? tooLong(count) : count;
  }

  private long length() {
    long length = varint();
    return length > end - at || length < 0 ? tooLong(length) : length;
  }

  private long tooLong(long length) {
    throw new Malformed(at, "%d do not fit into the footer".formatted(length));
  }

  private void skipBytes(long length) {
    if (length > end - at) {
      tooLong(length);
    }
    at += length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new Malformed(at, "a number that does not end");
  }

  private int u8() {
    if (at >= end) {
      throw new Malformed(at, "the footer ends within a field");
    }
    if (at < windowAt || at >= windowAt + window.length) {
      windowAt = at;
      window = file.read(at, (int) Math.min(WINDOW, end - at));
    }
    return window[(int) (at++ - windowAt)] & 0xff;
  }
}
