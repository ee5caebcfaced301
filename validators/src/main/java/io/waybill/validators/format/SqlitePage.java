package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Malformed;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of the tree of tables that holds the schema.
 *
 * @param children numbers of the pages below
 * @param tables the names of tables whose rows lie on this page
 */
record SqlitePage(List<Long> children, List<String> tables) {

  private static final int INNER = 5;
  private static final int LEAF = 13;
  private static final int HEADER = 100;

  SqlitePage {
    children = List.copyOf(children);
    tables = List.copyOf(tables);
  }

  static SqlitePage at(ByteSource file, long number, int size) {
    if (number < 1 || !file.holds((number - 1) * size, size)) {
      throw new Malformed(file.size(), "page %d is not there".formatted(number));
    }
    long origin = (number - 1) * size;
    byte[] page = file.read(origin, size);
    Fields fields = new Fields(page, origin, ByteOrder.BIG_ENDIAN).skip(number == 1 ? HEADER : 0);
    int type = fields.u8();
    if (type != INNER && type != LEAF) {
      throw new Malformed(fields.at() - 1, "no page of a table is here: its type is " + type);
    }
    int cells = fields.skip(2).u16();
    fields.skip(3);
    List<Long> children = new ArrayList<>();
    if (type == INNER) {
      children.add(fields.u32());
    }
    List<String> tables = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      Fields content = new Fields(page, origin, ByteOrder.BIG_ENDIAN).skip(fields.u16());
      if (type == INNER) {
        children.add(content.u32());
      } else {
        row(content, tables);
      }
    }
    return new SqlitePage(children, tables);
  }

  /** A row of sqlite_schema begins with type, name and table. */
  private static void row(Fields cell, List<String> tables) {
    varint(cell);
    varint(cell);
    long headerEnd = cell.at();
    headerEnd += varint(cell);
    long typeLength = textLength(varint(cell));
    long nameLength = textLength(varint(cell));
    cell.skip(headerEnd - cell.at());
    if (cell.text(typeLength).equals("table")) {
      tables.add(cell.text(nameLength));
    }
  }

  private static long textLength(long serialType) {
    return serialType >= 13 ? (serialType - 13) / 2 : 0;
  }

  private static long varint(Fields fields) {
    long value = 0;
    for (int count = 0; count < 8; count++) {
      int next = fields.u8();
      value = value << 7 | (next & 0x7f);
      if (next < 0x80) {
        return value;
      }
    }
    return value << 8 | fields.u8();
  }
}
