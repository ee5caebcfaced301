package io.waybill.agent.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The first and the last entry in the index of a ROS 2 bag over the times of its messages; the bag
 * is an SQLite database, and what is not in the file itself is not seen.
 */
final class Db3Times {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int FILE_HEADER = 100;
  private static final int MOST_SCHEMA_PAGES = 64;
  private static final int MOST_ROWS = 4096;
  private static final int DEEPEST = 20;
  private static final int LONGEST_TEXT = 1 << 10;

  private static final int INDEX_INTERIOR = 2;
  private static final int TABLE_INTERIOR = 5;
  private static final int INDEX_LEAF = 10;
  private static final int TABLE_LEAF = 13;

  private static final Pattern OF_TIMES =
      Pattern.compile("(?is)create\\s+index\\s.*\\son\\s+\"?messages\"?\\s*\\(\\s*timestamp\\b.*");

  private final Window file;
  private int pageSize;
  private long pages;
  private int rows;

  Db3Times(Window file) {
    this.file = file;
  }

  /** A page of a tree. */
  private record Node(long at, long header, int kind, int cells, long last) {}

  TimeRange read() throws IOException {
    byte[] magic = new byte[MAGIC.length];
    file.at(0, MAGIC.length).get(magic);
    int size = bytes(16, 2).getShort() & 0xffff;
    pageSize = size == 1 ? 1 << 16 : size;
    pages = bytes(28, 4).getInt() & 0xffff_ffffL;
    boolean isCounted = bytes(24, 4).getInt() == bytes(92, 4).getInt();
    boolean isWhole = pageSize >= 512 && pages > 0 && pages * pageSize <= file.size();
    if (!Arrays.equals(magic, MAGIC) || !isCounted || !isWhole) {
      throw new IOException("it is not whole");
    }
    long root = indexOfTimes();
    return TimeRange.ofNanos(end(root, false), end(root, true));
  }

  /** Where the tree of that index begins. */
  private long indexOfTimes() throws IOException {
    Deque<Long> left = new ArrayDeque<>(List.of(1L));
    for (int read = 0; !left.isEmpty() && read < MOST_SCHEMA_PAGES; read++) {
      Node node = node(left.pop());
      for (int cell = 0; cell < node.cells(); cell++) {
        if (node.kind() == TABLE_INTERIOR && left.size() < MOST_SCHEMA_PAGES) {
          left.add(bytes(cell(node, cell), 4).getInt() & 0xffff_ffffL);
        } else if (node.kind() == TABLE_LEAF) {
          List<Object> row = row(afterVarints(cell(node, cell), 2));
          if (isOfTimes(row)) {
            return (Long) row.get(3);
          }
        }
      }
      if (node.kind() == TABLE_INTERIOR) {
        left.add(node.last());
      }
    }
    throw new IOException("it has no index over the times of messages");
  }

  /** Type, name, table, root page, statement. */
  private static boolean isOfTimes(List<Object> row) {
    return row.size() == 5
        && "index".equals(row.get(0))
        && "messages".equals(row.get(2))
        && row.get(3) instanceof Long
        && row.get(4) instanceof String statement
        && OF_TIMES.matcher(statement).matches();
  }

  /** The time at one end of a tree. */
  private long end(long root, boolean last) throws IOException {
    Node node = node(root);
    for (int depth = 0; node.kind() == INDEX_INTERIOR && depth < DEEPEST; depth++) {
      long first = bytes(cell(node, 0), 4).getInt() & 0xffff_ffffL;
      node = node(last ? node.last() : first);
    }
    if (node.kind() != INDEX_LEAF || node.cells() == 0) {
      throw new IOException("it has no messages");
    }
    List<Object> row = row(afterVarints(cell(node, last ? node.cells() - 1 : 0), 1));
    if (row.isEmpty() || !(row.get(0) instanceof Long time)) {
      throw new IOException("a message has no time");
    }
    return time;
  }

  private Node node(long page) throws IOException {
    if (page < 1 || page > pages) {
      throw new IOException("it says that there is more than there is");
    }
    long at = (page - 1) * pageSize;
    long header = page == 1 ? FILE_HEADER : at;
    ByteBuffer read = bytes(header, 8);
    int kind = read.get();
    int cells = read.getShort(read.position() + 2) & 0xffff;
    boolean isInterior = kind == INDEX_INTERIOR || kind == TABLE_INTERIOR;
    long last = isInterior ? bytes(header + 8, 4).getInt() & 0xffff_ffffL : 0;
    return new Node(at, header, kind, cells, last);
  }

  /** Where a cell is. */
  private long cell(Node node, int number) throws IOException {
    if (number >= node.cells()) {
      throw new IOException("a page is empty");
    }
    boolean isInterior = node.kind() == INDEX_INTERIOR || node.kind() == TABLE_INTERIOR;
    long pointer = node.header() + (isInterior ? 12 : 8) + 2L * number;
    return node.at() + (bytes(pointer, 2).getShort() & 0xffff);
  }

  /** The values of a record: whole numbers and texts, as far as they are neither long nor other. */
  private List<Object> row(long at) throws IOException {
    long[] end = varint(at);
    rows++;
    if (rows > MOST_ROWS || end[0] > LONGEST_TEXT) {
      throw new IOException("there is more to read than a list is worth");
    }
    long body = at + end[0];
    List<Object> row = new ArrayList<>();
    for (long type = end[1]; type < at + end[0]; ) {
      long[] read = varint(type);
      long kind = read[0];
      int length = length(kind);
      row.add(value(body, kind, length));
      body += length;
      type = read[1];
    }
    return row;
  }

  private Object value(long at, long kind, int length) throws IOException {
    if (kind >= 13 && kind % 2 == 1 && length <= LONGEST_TEXT) {
      byte[] text = new byte[length];
      bytes(at, length).get(text);
      return new String(text, StandardCharsets.UTF_8);
    }
    if (kind >= 1 && kind <= 6) {
      ByteBuffer read = bytes(at, length);
      long number = read.get();
      for (int next = 1; next < length; next++) {
        number = number << 8 | (read.get() & 0xff);
      }
      return number;
    }
    return kind == 9 ? 1L : kind == 8 ? 0L : "";
  }

  private static int length(long kind) throws IOException {
    if (kind >= 12) {
      return (int) Math.min((kind - 12) / 2, Integer.MAX_VALUE);
    }
    return switch ((int) kind) {
      case 0, 8, 9 -> 0;
      case 1, 2, 3, 4 -> (int) kind;
      case 5 -> 6;
      case 6, 7 -> 8;
      default -> throw new IOException("a value of no kind");
    };
  }

  private long afterVarints(long at, int count) throws IOException {
    long after = at;
    for (int number = 0; number < count; number++) {
      after = varint(after)[1];
    }
    return after;
  }

  /** A number of one to nine bytes, and where it ends. */
  private long[] varint(long at) throws IOException {
    long number = 0;
    for (int read = 0; read < 8; read++) {
      int next = bytes(at + read, 1).get();
      number = number << 7 | (next & 0x7f);
      if (next >= 0) {
        return new long[] {number, at + read + 1};
      }
    }
    return new long[] {number << 8 | (bytes(at + 8, 1).get() & 0xff), at + 9};
  }

  private ByteBuffer bytes(long at, int length) throws IOException {
    return file.at(at, length).order(ByteOrder.BIG_ENDIAN);
  }
}
