package io.waybill.validators.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Malformed;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * One record of a bag: a header of named fields, and data behind it.
 *
 * @param end where the record behind it begins
 */
record BagRecord(long at, Map<String, byte[]> header, long data, long end) {

  private static final int LONGEST_DATA = 64 << 10;

  BagRecord {
    header = Map.copyOf(header);
  }

  static BagRecord at(ByteSource file, long at, int longestHeader) {
    long headerLength = file.little(at, 4).u32();
    if (headerLength > longestHeader) {
      throw new Malformed(at, "a header of %d bytes".formatted(headerLength));
    }
    Map<String, byte[]> header = fields(file.little(at + 4, (int) headerLength));
    long data = at + 4 + headerLength + 4;
    long length = file.little(data - 4, 4).u32();
    if (!file.holds(data, length)) {
      throw new Malformed(file.size(), "the bag was cut off inside a record that begins at " + at);
    }
    return new BagRecord(at, header, data, data + length);
  }

  private static Map<String, byte[]> fields(Fields header) {
    Map<String, byte[]> fields = new HashMap<>();
    while (header.hasMore()) {
      Fields field = header.part(header.u32());
      StringBuilder name = new StringBuilder();
      for (int next = field.u8(); next != '='; next = field.u8()) {
        name.append((char) next);
      }
      fields.put(name.toString(), field.raw(field.left()));
    }
    return fields;
  }

  int op() {
    return (int) number("op");
  }

  /** A field of 1, 4 or 8 bytes. */
  long number(String name) {
    Fields field = field(name);
    return field.unsigned(field.left());
  }

  String text(String name) {
    Fields field = field(name);
    return field.text(field.left());
  }

  /** Nanoseconds since 1970. */
  long time(String name) {
    Fields field = field(name);
    return field.u32() * 1_000_000_000L + field.u32();
  }

  private Fields field(String name) {
    byte[] field = header.get(name);
    if (field == null) {
      throw new Malformed(at, "the record has no field " + name);
    }
    return new Fields(field, at, ByteOrder.LITTLE_ENDIAN);
  }

  /** A field of the connection header, which is the data of a connection record. */
  String dataText(ByteSource file, String name) {
    byte[] field = fields(dataFields(file)).get(name);
    return field == null ? "" : new String(field, UTF_8);
  }

  /** The messages of a chunk: its data counts them for each connection. */
  long counted(ByteSource file) {
    Fields counts = dataFields(file);
    long messages = 0;
    while (counts.left() >= 8) {
      messages += counts.skip(4).u32();
    }
    return messages;
  }

  private Fields dataFields(ByteSource file) {
    return file.little(data, (int) Math.min(end - data, LONGEST_DATA));
  }
}
