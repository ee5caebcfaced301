package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.List;
import java.util.Set;

/** HDF5 files: the superblock, the end that it says, and the names in the root group. */
public final class Hdf5Validator implements DatasetValidator {

  private static final String MAGIC = "\u0089HDF\r\n\u001a\n";
  private static final int SUPERBLOCK = 128;

  private static final Kind KIND =
      new Kind(
          "hdf5",
          "1",
          Set.of(".h5", ".hdf5", ".he5"),
          Set.of("application/x-hdf5", "application/x-hdf"),
          Hdf5Validator::begins,
          List.of("superblock", "saidBytes", "names", "namesComplete"));

  @Override
  public Kind kind() {
    return KIND;
  }

  private static boolean begins(byte[] head) {
    return place(head) >= 0;
  }

  /** The superblock may lie behind a block of somebody else. */
  private static int place(byte[] head) {
    for (int at = 0; at < head.length; at = at == 0 ? 512 : at * 2) {
      if (Bytes.has(head, at, MAGIC)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    int at = place(file.head(64 << 10));
    if (at < 0) {
      throw new Malformed(0, "this is no HDF5 file: no signature");
    }
    Fields block = file.little(at, (int) Math.min(SUPERBLOCK, file.size() - at)).skip(8);
    int version = block.u8();
    findings.put("superblock", version);
    if (version <= 1) {
      old(file, block.skip(4), version, findings);
    } else if (version <= 3) {
      recent(file, block, findings);
    } else {
      throw new Malformed(at + 8L, "a superblock of version " + version);
    }
  }

  private static void old(ByteSource file, Fields block, int version, Findings findings) {
    int width = width(block);
    width(block);
    block.skip(version == 1 ? 13 : 9);
    long base = block.unsigned(width);
    block.skip(width);
    said(file, base, block.unsigned(width), findings);
    block.skip(3L * width);
    boolean isCached = block.u32() == 1;
    block.skip(4);
    if (isCached) {
      Hdf5Group group = new Hdf5Group(file, base, width);
      findings.put("names", group.names(block.unsigned(width), block.unsigned(width)));
      findings.put("namesComplete", true);
    }
  }

  private static void recent(ByteSource file, Fields block, Findings findings) {
    int width = width(block);
    width(block);
    findings.wrongIf(
        (block.u8() & 1) != 0, block.at(), "the file was not closed by whoever has written it");
    long base = block.unsigned(width);
    block.skip(width);
    said(file, base, block.unsigned(width), findings);
    findings.put("namesComplete", false);
  }

  private static int width(Fields block) {
    int width = block.u8();
    if (width != 2 && width != 4 && width != 8) {
      throw block.wrong("numbers of %d bytes".formatted(width));
    }
    return width;
  }

  private static void said(ByteSource file, long base, long end, Findings findings) {
    findings.put("saidBytes", end);
    if (!file.holds(base, 0) || end > file.size()) {
      throw new Malformed(file.size(), "the file was cut off: it is said to end at byte " + end);
    }
  }
}
