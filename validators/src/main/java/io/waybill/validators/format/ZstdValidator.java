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

/** Zstandard: the header of its first frame. */
public final class ZstdValidator implements DatasetValidator {

  private static final String MAGIC = "(\u00b5/\u00fd";

  private static final Kind KIND =
      new Kind(
          "zstd",
          "1",
          Set.of(".zst"),
          Set.of("application/zstd"),
          head -> Bytes.startsWith(head, MAGIC),
          List.of("originalBytes", "checksummed"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    if (!Bytes.startsWith(file.head(MAGIC.length()), MAGIC)) {
      throw new Malformed(0, "this is no Zstandard frame: no magic");
    }
    Fields header = file.little(4, (int) Math.min(14, file.size() - 4));
    int descriptor = header.u8();
    boolean isSingle = (descriptor & 0x20) != 0;
    findings.wrongIf((descriptor & 8) != 0, 4, "a reserved bit is set");
    findings.put("checksummed", (descriptor & 4) != 0);
    header.skip(isSingle ? 0 : 1);
    header.skip(new int[] {0, 1, 2, 4}[descriptor & 3]);
    int width = 1 << (descriptor >> 6);
    if (width > 1 || isSingle) {
      long length = width == 2 ? header.u16() + 256L : header.unsigned(width);
      findings.put("originalBytes", length);
    }
    long block = header.at();
    Fields first = file.little(block, 3);
    long head = first.u16() | (long) first.u8() << 16;
    boolean isRepeated = (head >> 1 & 3) == 1;
    findings.wrongIf((head >> 1 & 3) == 3, block, "a block of a reserved type");
    findings.wrongIf(
        !file.holds(block + 3, isRepeated ? 1 : head >> 3),
        file.size(),
        "the file was cut off in its first block");
  }
}
