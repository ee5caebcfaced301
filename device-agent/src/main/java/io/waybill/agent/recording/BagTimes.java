package io.waybill.agent.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The chunks in the index of a ROS 1 bag (version 2.0), which stands at its end. */
final class BagTimes {

  private static final byte[] MAGIC = "#ROSBAG V2.0\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEADER = 8 << 10;
  private static final int BAG_HEADER = 3;
  private static final int CHUNK_INFO = 6;

  private final Window file;

  BagTimes(Window file) {
    this.file = file;
  }

  /**
   * A header of named fields; data follows.
   *
   * @param end where the next one begins
   */
  private record Part(Map<String, byte[]> fields, long end) {
    int op() throws IOException {
      return field("op", 1).get();
    }

    ByteBuffer field(String name, int length) throws IOException {
      byte[] field = fields.get(name);
      if (field == null || field.length != length) {
        throw new IOException("a record has no " + name);
      }
      return ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN);
    }

    long nanos(String name) throws IOException {
      ByteBuffer time = field(name, 8);
      return (time.getInt() & 0xffff_ffffL) * 1_000_000_000L + (time.getInt() & 0xffff_ffffL);
    }
  }

  TimeRange read() throws IOException {
    byte[] magic = new byte[MAGIC.length];
    file.at(0, MAGIC.length).get(magic);
    Part header = part(MAGIC.length);
    long index = header.field("index_pos", 8).getLong();
    if (!Arrays.equals(magic, MAGIC) || header.op() != BAG_HEADER || index < header.end()) {
      throw new IOException("it is not whole");
    }
    long first = Long.MAX_VALUE;
    long last = -1;
    long at = index;
    while (at < file.size()) {
      Part part = part(at);
      if (part.op() == CHUNK_INFO) {
        first = Math.min(first, part.nanos("start_time"));
        last = Math.max(last, part.nanos("end_time"));
      }
      at = part.end();
    }
    if (last < 0 || at > file.size()) {
      throw new IOException("it has no chunks, or not all of its index");
    }
    return TimeRange.ofNanos(first, last);
  }

  private Part part(long at) throws IOException {
    int length = file.at(at, 4).getInt();
    if (length < 0 || length > LONGEST_HEADER) {
      throw new IOException("a header is too long");
    }
    byte[] header = new byte[length];
    file.at(at + 4, length).get(header);
    long data = at + 4 + length + 4;
    return new Part(fields(header), data + (file.at(data - 4, 4).getInt() & 0xffff_ffffL));
  }

  private static Map<String, byte[]> fields(byte[] header) throws IOException {
    Map<String, byte[]> fields = new HashMap<>();
    ByteBuffer left = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    while (left.remaining() >= 4) {
      int length = left.getInt();
      if (length < 0 || length > left.remaining()) {
        throw new IOException("a field is longer than its header");
      }
      byte[] field = new byte[length];
      left.get(field);
      int sign = 0;
      while (sign < length && field[sign] != '=') {
        sign++;
      }
      if (sign < length) {
        fields.put(
            new String(field, 0, sign, StandardCharsets.US_ASCII),
            Arrays.copyOfRange(field, sign + 1, length));
      }
    }
    return fields;
  }
}
