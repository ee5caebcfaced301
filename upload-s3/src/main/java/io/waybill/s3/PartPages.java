package io.waybill.s3;

import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.PartPlan;
import io.waybill.s3.S3Xml.ListedPart;
import io.waybill.s3.S3Xml.PartPage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Turns the pages of a listing into one list. Stores have ignored the page size, overlapped pages,
 * forgotten the marker, left out ETags and promised more for ever; none of these loses a part or
 * hangs us, and what lacks something that it must have is no list.
 */
final class PartPages {

  private PartPages() {}

  /** Where pages come from. */
  interface Pages {
    PartPage after(int partNumber) throws IOException;
  }

  /**
   * Reads all pages.
   *
   * @param pages the page after a part number
   */
  static List<StoredPart> all(Pages pages) throws IOException {
    TreeMap<Integer, StoredPart> parts = new TreeMap<>();
    int after = 0;
    while (true) {
      PartPage page = pages.after(after);
      if (page.uploadId() == null) {
        throw StorageFault.nonsense("a list of parts that does not say of which upload");
      }
      for (ListedPart part : page.parts()) {
        StoredPart stored = stored(part);
        parts.put(stored.partNumber(), stored);
      }
      if (!page.isTruncated()) {
        return List.copyOf(parts.values());
      }
      Integer marker = page.nextMarker();
      if (marker == null) {
        throw StorageFault.nonsense("a truncated list of parts that does not say where it goes on");
      }
      int next = marker > after || parts.isEmpty() ? marker : parts.lastKey();
      if (next <= after || next > PartPlan.MAX_PARTS) {
        throw StorageFault.nonsense("a truncated list of parts that does not go on");
      }
      after = next;
    }
  }

  /** A part without a name of its own or a size cannot be completed, and must not be tried. */
  private static StoredPart stored(ListedPart part) {
    Integer number = part.partNumber();
    String etag = part.etag();
    Long size = part.sizeBytes();
    if (number == null
        || number < 1
        || etag == null
        || etag.isBlank()
        || size == null
        || size < 0) {
      throw StorageFault.nonsense("a part without its number, ETag or size");
    }
    return new StoredPart(
        number,
        etag,
        size,
        Objects.requireNonNullElse(part.lastModified(), Instant.EPOCH),
        part.sums());
  }
}
