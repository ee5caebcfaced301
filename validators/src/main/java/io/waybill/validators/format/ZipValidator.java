package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** ZIP archives: the central directory, and what its entries claim to hold. */
public final class ZipValidator implements DatasetValidator {

  private static final String END = "PK\u0005\u0006";
  private static final int END_LENGTH = 22;
  private static final int ENTRY = 46;
  private static final long MANY = 0xffff_ffffL;

  /** Deflate cannot do better than 1032 to 1. */
  private static final long BEST_RATIO = 1100;

  private static final long BOMB_RATIO = 200;
  private static final long BOMB_BYTES = 1L << 30;

  private static final Kind KIND =
      new Kind(
          "zip",
          "1",
          Set.of(".zip"),
          Set.of("application/zip", "application/x-zip-compressed"),
          head -> Bytes.startsWith(head, "PK\u0003\u0004"),
          List.of("entries", "names", "unpackedBytes", "packedBytes", "ratio"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    byte[] tail = file.tail(Math.min(Tails.LENGTH + END_LENGTH, ByteSource.LONGEST_READ));
    int found = Tails.last(tail, END);
    if (found < 0) {
      throw new Malformed(
          file.size(), "the archive was cut off: it has no end of central directory");
    }
    long end = file.size() - tail.length + found;
    Fields fields = file.little(end, END_LENGTH).skip(10);
    long entries = fields.u16();
    long length = fields.u32();
    long start = fields.u32();
    if ((entries == 0xffff || length == MANY || start == MANY) && file.holds(end - 20, 20)) {
      Fields wide = wide(file, end - 20);
      entries = wide.skip(32).u64();
      length = wide.u64();
      start = wide.u64();
    }
    if (!file.holds(start, length) || start + length > end) {
      throw new Malformed(
          end, "%d bytes of directory at %d do not lie here".formatted(length, start));
    }
    entries(file, start, length, entries, findings);
  }

  private static Fields wide(ByteSource file, long locator) {
    Fields fields = file.little(locator, 20);
    if (!fields.text(4).equals("PK\u0006\u0007")) {
      throw new Malformed(locator, "the archive is large and has no ZIP64 locator");
    }
    long at = fields.skip(4).u64();
    Fields wide = file.little(at, 56);
    if (!Bytes.startsWith(file.read(at, 4), "PK\u0006\u0006")) {
      throw new Malformed(at, "there is no ZIP64 end of central directory here");
    }
    return wide;
  }

  private static void entries(
      ByteSource file, long start, long length, long entries, Findings findings) {
    List<String> names = new ArrayList<>();
    long at = start;
    long packed = 0;
    long unpacked = 0;
    long count = 0;
    while (at + ENTRY <= start + length) {
      Fields entry = file.little(at, ENTRY);
      if (!entry.text(4).equals("PK\u0001\u0002")) {
        throw new Malformed(at, "no entry of the directory is here");
      }
      long packedHere = entry.skip(16).u32();
      long unpackedHere = entry.u32();
      findings.wrongIf(
          unpackedHere < MANY && unpackedHere / BEST_RATIO > packedHere,
          at,
          "an entry claims %d bytes out of %d".formatted(unpackedHere, packedHere));
      packed += packedHere;
      unpacked += unpackedHere;
      int nameLength = entry.u16();
      long rest = entry.u16() + (long) entry.u16();
      long local = entry.skip(8).u32();
      findings.wrongIf(local < MANY && local >= start, at, "an entry lies behind the directory");
      if (names.size() < Findings.LONGEST_LIST) {
        names.add(file.little(at + ENTRY, nameLength).text(nameLength));
      }
      at += ENTRY + nameLength + rest;
      count++;
    }
    findings.wrongIf(
        count != entries, start, "%d entries are said and %d are there".formatted(entries, count));
    findings.put("entries", count);
    findings.put("packedBytes", packed);
    findings.put("unpackedBytes", unpacked);
    sizes(file, start, packed, unpacked, findings);
    findings.put("names", names);
  }

  private static void sizes(
      ByteSource file, long start, long packed, long unpacked, Findings findings) {
    long ratio = unpacked / Math.max(1, file.size());
    findings.put("ratio", ratio);
    findings.wrongIf(
        packed < MANY && packed > start,
        start,
        "entries overlap: they say that they are larger than the file");
    findings.wrongIf(
        ratio >= BOMB_RATIO && unpacked >= BOMB_BYTES,
        start,
        "a bomb: %d bytes unpack to %d".formatted(file.size(), unpacked));
  }
}
