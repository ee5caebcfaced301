package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parquet tables: magic at both ends, and the footer before the last one. */
public final class ParquetValidator implements DatasetValidator {

  private static final String MAGIC = "PAR1";

  private static final Kind KIND =
      new Kind(
          "parquet",
          "1",
          Set.of(".parquet"),
          Set.of("application/vnd.apache.parquet", "application/x-parquet"),
          head -> Bytes.startsWith(head, MAGIC),
          List.of("rows", "rowGroups", "columns", "createdBy"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    if (!Bytes.startsWith(file.head(4), MAGIC)) {
      throw new Malformed(0, "this is no Parquet: it does not begin with PAR1");
    }
    if (file.size() < 12 || !Bytes.startsWith(file.tail(4), MAGIC)) {
      throw new Malformed(file.size(), "the table was cut off: it does not end with PAR1");
    }
    long length = file.little(file.size() - 8, 4).u32();
    if (length > file.size() - 12) {
      throw new Malformed(
          file.size() - 8, "a footer of %d bytes is longer than the file".formatted(length));
    }
    footer(new Thrift(file, file.size() - 8 - length, file.size() - 8), findings);
  }

  private static void footer(Thrift footer, Findings findings) {
    boolean hasRows = false;
    for (int type = footer.field(); type != 0; type = footer.field()) {
      int field = footer.id();
      if (field == 2 && type == Thrift.LIST) {
        findings.put("columns", columns(footer));
      } else if (field == 3 && type == Thrift.I64) {
        findings.put("rows", footer.number());
        hasRows = true;
      } else if (field == 4 && type == Thrift.LIST) {
        findings.put("rowGroups", footer.skipList());
      } else if (field == 6 && type == Thrift.BINARY) {
        findings.put("createdBy", footer.text());
      } else {
        footer.skip(type);
      }
    }
    findings.wrongIf(!hasRows, footer.at(), "the footer has no number of rows");
  }

  /** The names of the schema's leaves and groups, but for its root. */
  private static List<String> columns(Thrift footer) {
    List<String> names = new ArrayList<>();
    long count = footer.list();
    for (long element = 0; element < count; element++) {
      footer.open();
      for (int type = footer.field(); type != 0; type = footer.field()) {
        if (footer.id() == 4 && type == Thrift.BINARY) {
          String name = footer.text();
          if (element > 0 && names.size() < Findings.LONGEST_LIST) {
            names.add(name);
          }
        } else {
          footer.skip(type);
        }
      }
      footer.close();
    }
    return names;
  }
}
