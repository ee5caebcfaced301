package io.waybill.agent.upload;

import io.waybill.wire.Result;
import java.util.BitSet;

/** Reads which parts a list of parts says are stored. */
final class PartRanges {

  private PartRanges() {}

  /** {@code 1-40,43} as bits; numbers beyond the plan are not ours. */
  static BitSet parse(String ranges, int partCount) {
    BitSet stored = new BitSet(partCount + 1);
    for (String range : ranges.split(",", -1)) {
      if (range.isBlank()) {
        continue;
      }
      int dash = range.indexOf('-');
      int first = Integer.parseInt((dash < 0 ? range : range.substring(0, dash)).strip());
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1).strip());
      stored.set(Math.max(1, first), Math.min(last, partCount) + 1);
    }
    return stored;
  }

  /** Adds what one page of rows says; only our own word for a part is not storage's. */
  static void addRows(Result.PartList page, BitSet stored) {
    for (Result.Part part : page.parts()) {
      Long size = part.sizeBytes();
      if (!"FAILED".equals(part.status())
          && !Boolean.FALSE.equals(part.confirmed())
          && part.etag() != null
          && size != null
          && size == part.expectedSizeBytes()) {
        stored.set(part.partNumber());
      }
    }
  }
}
