package io.waybill.validators.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts, numbers, truths, lists and maps of these, as bytes. What is none of them is garbled. */
final class Values {

  private static final int DEEPEST = 8;

  private Values() {}

  static byte[] write(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new DataOutputStream(bytes), value);
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case Boolean truth -> {
        out.writeByte('b');
        out.writeBoolean(truth);
      }
      case Long number -> {
        out.writeByte('l');
        out.writeLong(number);
      }
      case Double number -> {
        out.writeByte('d');
        out.writeDouble(number);
      }
      case byte[] raw -> bytes(out, 'r', raw);
      case List<?> list -> list(out, list);
      case Map<?, ?> map -> map(out, map);
      default -> bytes(out, 't', value.toString().getBytes(UTF_8));
    }
  }

  private static void bytes(DataOutputStream out, char type, byte[] bytes) throws IOException {
    out.writeByte(type);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void list(DataOutputStream out, List<?> list) throws IOException {
    out.writeByte('[');
    out.writeInt(list.size());
    for (Object value : list) {
      write(out, value);
    }
  }

  private static void map(DataOutputStream out, Map<?, ?> map) throws IOException {
    out.writeByte('{');
    out.writeInt(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      write(out, entry.getKey());
      write(out, entry.getValue());
    }
  }

  /** The list that these bytes are. */
  static List<?> readList(byte[] bytes, int size) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (read(in, DEEPEST) instanceof List<?> list && list.size() == size) {
      return list;
    }
    throw new Pipe.Garbled("no list of " + size);
  }

  static <T> T as(Class<T> type, Object value) throws IOException {
    if (!type.isInstance(value)) {
      throw new Pipe.Garbled("a value that is no " + type.getSimpleName());
    }
    return type.cast(value);
  }

  private static Object read(DataInputStream in, int depth) throws IOException {
    int type = in.readUnsignedByte();
    return switch (type) {
      case 'b' -> in.readBoolean();
      case 'l' -> in.readLong();
      case 'd' -> in.readDouble();
      case 'r' -> raw(in);
      case 't' -> new String(raw(in), UTF_8);
      case '[' -> readList(in, depth - 1);
      case '{' -> readMap(in, depth - 1);
      default -> throw new Pipe.Garbled("a value of type " + type);
    };
  }

  private static byte[] raw(DataInputStream in) throws IOException {
    return in.readNBytes(count(in, 0));
  }

  private static List<Object> readList(DataInputStream in, int depth) throws IOException {
    int count = count(in, depth);
    List<Object> list = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      list.add(read(in, depth));
    }
    return list;
  }

  private static Map<String, Object> readMap(DataInputStream in, int depth) throws IOException {
    int count = count(in, depth);
    Map<String, Object> map = new LinkedHashMap<>();
    for (int at = 0; at < count; at++) {
      map.put(as(String.class, read(in, 0)), read(in, depth));
    }
    return map;
  }

  /** A number of things that can be there: each has a byte at least. */
  private static int count(DataInputStream in, int depth) throws IOException {
    int count = in.readInt();
    if (depth < 0 || count < 0 || count > in.available()) {
      throw new Pipe.Garbled("a length of " + count);
    }
    return count;
  }
}
