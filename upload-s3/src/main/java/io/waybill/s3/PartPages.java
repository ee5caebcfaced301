package io.waybill.s3;

import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.StoredPart;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Turns the pages of a listing into one list. Stores have ignored the page size, overlapped pages,
 * forgotten the marker and promised more for ever; none of these loses a part or hangs us.
 */
final class PartPages {

  private PartPages() {}

  /**
   * Reads all pages.
   *
   * @param pages the page after a part number
   */
  static List<StoredPart> all(IntFunction<ListPartsResponse> pages) {
    TreeMap<Integer, StoredPart> parts = new TreeMap<>();
    int after = 0;
    while (true) {
      ListPartsResponse page = pages.apply(after);
      int last = Objects.requireNonNullElse(page.nextPartNumberMarker(), 0);
      for (Part part : page.parts()) {
        parts.put(part.partNumber(), stored(part));
        last = Math.max(last, part.partNumber());
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return List.copyOf(parts.values());
      }
      if (last <= after || last > PartPlan.MAX_PARTS) {
        throw StorageFault.nonsense("a truncated list of parts that does not go on");
      }
      after = last;
    }
  }

  private static StoredPart stored(Part part) {
    return new StoredPart(
        part.partNumber(),
        Objects.requireNonNullElse(part.eTag(), ""),
        Objects.requireNonNullElse(part.size(), 0L),
        Objects.requireNonNullElse(part.lastModified(), Instant.EPOCH));
  }
}
