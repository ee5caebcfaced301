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
import java.util.zip.CRC32;

/** MCAP recordings (https://mcap.dev/spec): magic, header, footer, and the summary before it. */
public final class McapValidator implements DatasetValidator {

  static final String MAGIC = "\u0089MCAP0\r\n";
  private static final int RECORD_HEAD = 9;
  private static final int FOOTER = RECORD_HEAD + 20;
  private static final int PREFIX = 64 << 10;
  private static final int PIECE = 1 << 20;

  private static final Kind KIND =
      new Kind(
          "mcap",
          "1",
          Set.of(".mcap"),
          Set.of("application/mcap", "application/x-mcap"),
          head -> Bytes.startsWith(head, MAGIC),
          List.of(
              "profile",
              "library",
              "summary",
              "topics",
              "schemas",
              "messages",
              "chunks",
              "start",
              "end",
              "durationSeconds",
              "largestGapSeconds",
              "chunksOutOfOrder"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    if (!Bytes.startsWith(file.head(MAGIC.length()), MAGIC)) {
      throw new Malformed(0, file.size() == 0 ? "the file is empty" : "this is no MCAP: no magic");
    }
    header(file, findings);
    long footer = file.size() - MAGIC.length() - FOOTER;
    if (footer < MAGIC.length() || !Bytes.has(file.tail(MAGIC.length()), 0, MAGIC)) {
      throw new Malformed(
          file.size(), "the recording was cut off: it ends without footer and magic");
    }
    footer(file, footer, findings);
  }

  private static void header(ByteSource file, Findings findings) {
    long length = bodyLength(file, MAGIC.length(), 0x01, file.size());
    Fields header = file.little(MAGIC.length() + RECORD_HEAD, (int) Math.min(length, PREFIX));
    findings.put("profile", header.text(header.u32()));
    findings.put("library", header.text(header.u32()));
  }

  private static void footer(ByteSource file, long at, Findings findings) {
    if (bodyLength(file, at, 0x02, file.size()) != FOOTER - RECORD_HEAD) {
      throw new Malformed(at, "the footer has not its length");
    }
    Fields footer = file.little(at + RECORD_HEAD, FOOTER - RECORD_HEAD);
    long summary = footer.u64();
    long offsets = footer.u64();
    long sum = footer.u32();
    findings.put("summary", summary != 0);
    if (summary == 0) {
      return;
    }
    if (summary < MAGIC.length() || summary > at || offsets > at) {
      throw new Malformed(at, "the footer says that the summary begins at " + summary);
    }
    summary(file, summary, offsets == 0 ? at : offsets, findings);
    if (sum != 0 && sum != sum(file, summary, at + FOOTER - 4)) {
      findings.wrong(at + FOOTER - 4, "the checksum of the summary is another one");
    }
  }

  private static void summary(ByteSource file, long start, long end, Findings findings) {
    McapSummary summary = new McapSummary(findings);
    long at = start;
    while (at < end) {
      int opcode = file.read(at, 1)[0] & 0xff;
      long length = bodyLength(file, at, opcode, end);
      if (McapSummary.reads(opcode)) {
        summary.record(
            opcode, file.little(at + RECORD_HEAD, (int) Math.min(length, most(opcode))), start);
      }
      at += RECORD_HEAD + length;
    }
    summary.finish(end);
  }

  private static int most(int opcode) {
    return opcode == McapSummary.STATISTICS ? PIECE : PREFIX;
  }

  /** The length of a record's body, which is all of it in the file. */
  private static long bodyLength(ByteSource file, long at, int opcode, long end) {
    Fields head = file.little(at, RECORD_HEAD);
    int found = head.u8();
    if (found != opcode) {
      throw new Malformed(
          at, "record %02x is expected, and %02x is there".formatted(opcode, found));
    }
    long length = head.u64();
    if (length > end - at - RECORD_HEAD) {
      throw new Malformed(at, "a record of %d bytes does not fit here".formatted(length));
    }
    return length;
  }

  private static long sum(ByteSource file, long start, long end) {
    CRC32 sum = new CRC32();
    for (long at = start; at < end; at += PIECE) {
      sum.update(file.read(at, (int) Math.min(PIECE, end - at)));
    }
    return sum.getValue();
  }
}
