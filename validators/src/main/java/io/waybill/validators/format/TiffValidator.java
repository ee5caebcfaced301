package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** TIFF images: their directories, and the size of the first page. */
public final class TiffValidator implements DatasetValidator {

  private static final int MOST_PAGES = 32;
  private static final int MOST_ENTRIES = 4096;

  private static final Kind KIND =
      new Kind(
          "tiff",
          "1",
          Set.of(".tif", ".tiff"),
          Set.of("image/tiff"),
          head -> Bytes.startsWith(head, "II*\0") || Bytes.startsWith(head, "MM\0*"),
          List.of("width", "height", "pages"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    byte[] head = file.read(0, 8);
    ByteOrder order = order(head);
    Fields header = new Fields(head, 0, order).skip(2);
    if (header.u16() != 42) {
      throw new Malformed(2, "this is no TIFF: no 42");
    }
    long at = header.u32();
    Set<Long> seen = new HashSet<>();
    while (at != 0 && seen.size() < MOST_PAGES) {
      if (!seen.add(at)) {
        throw new Malformed(at, "the directories go round in a circle");
      }
      at = page(file, at, order, seen.size() == 1, findings);
    }
    findings.put("pages", seen.size());
    findings.wrongIf(seen.isEmpty(), 4, "there is no directory");
  }

  private static ByteOrder order(byte[] head) {
    if (Bytes.startsWith(head, "II")) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    if (Bytes.startsWith(head, "MM")) {
      return ByteOrder.BIG_ENDIAN;
    }
    throw new Malformed(0, "this is no TIFF: no byte order");
  }

  /** Reads a directory; says where the next one is. */
  private static long page(
      ByteSource file, long at, ByteOrder order, boolean isFirst, Findings findings) {
    int entries = new Fields(file.read(at, 2), at, order).u16();
    if (entries == 0 || entries > MOST_ENTRIES) {
      throw new Malformed(at, "a directory of %d entries".formatted(entries));
    }
    Fields fields = new Fields(file.read(at + 2, entries * 12 + 4), at + 2, order);
    for (int entry = 0; entry < entries; entry++) {
      int tag = fields.u16();
      boolean isShort = fields.u16() == 3;
      Fields value = fields.skip(4).part(4);
      if (isFirst && (tag == 256 || tag == 257)) {
        findings.put(tag == 256 ? "width" : "height", isShort ? value.u16() : value.u32());
      }
    }
    return fields.u32();
  }
}
