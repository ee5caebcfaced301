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
      for (Part part : page.parts()) {
        parts.put(part.partNumber(), stored(part));
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return List.copyOf(parts.values());
      }
      int marker = Objects.requireNonNullElse(page.nextPartNumberMarker(), 0);
      int next = marker > after || parts.isEmpty() ? marker : parts.lastKey();
      if (next <= after || next > PartPlan.MAX_PARTS) {
        throw StorageFault.nonsense("a truncated list of parts that does not go on");
      }
      after = next;
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
