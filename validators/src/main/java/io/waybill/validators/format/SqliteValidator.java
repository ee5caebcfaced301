package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * SQLite databases, and with them ROS 2 bags (db3): the header, and the schema on the first pages.
 */
public final class SqliteValidator implements DatasetValidator {

  private static final String MAGIC = "SQLite format 3\0";
  private static final int MOST_PAGES = 32;

  private static final Kind KIND =
      new Kind(
          "sqlite",
          "1",
          Set.of(".db3", ".sqlite", ".sqlite3"),
          Set.of("application/vnd.sqlite3", "application/x-sqlite3"),
          head -> Bytes.startsWith(head, MAGIC),
          List.of("pageSize", "pages", "tables", "ros2Bag"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    Fields header = file.big(0, 100);
    if (!Bytes.startsWith(header.raw(16), MAGIC)) {
      throw new Malformed(0, "this is no SQLite database: no header string");
    }
    int said = header.u16();
    int pageSize = said == 1 ? 1 << 16 : said;
    if (pageSize < 512 || Integer.bitCount(pageSize) != 1) {
      throw new Malformed(16, "pages of %d bytes".formatted(pageSize));
    }
    long changes = header.skip(6).u32();
    long pages = header.u32();
    boolean isSaid = pages > 0 && changes == header.skip(60).u32();
    findings.put("pageSize", pageSize);
    findings.put("pages", isSaid ? pages : file.size() / pageSize);
    findings.wrongIf(
        isSaid ? pages * pageSize > file.size() : file.size() % pageSize != 0,
        file.size(),
        "the database was cut off: %d pages of %d bytes are said".formatted(pages, pageSize));
    List<String> tables = tables(file, pageSize);
    findings.put("tables", tables);
    findings.put("ros2Bag", tables.contains("topics") && tables.contains("messages"));
  }

  /** Walks the pages of the schema's tree; each is read once. */
  private static List<String> tables(ByteSource file, int pageSize) {
    List<String> tables = new ArrayList<>();
    Deque<Long> open = new ArrayDeque<>(List.of(1L));
    Set<Long> seen = new HashSet<>();
    while (!open.isEmpty() && seen.size() < MOST_PAGES) {
      long page = open.pop();
      if (!seen.add(page)) {
        throw new Malformed((page - 1) * pageSize, "the pages go round in a circle");
      }
      SqlitePage read = SqlitePage.at(file, page, pageSize);
      read.children().forEach(open::push);
      tables.addAll(read.tables());
    }
    return tables;
  }
}
