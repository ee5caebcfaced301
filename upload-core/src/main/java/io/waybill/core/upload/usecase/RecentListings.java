package io.waybill.core.upload.usecase;

import io.waybill.core.storage.StoredPart;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The newest listings of storage, for the pages that follow the first: they tell of one moment, and
 * ask storage once. Bounded in number and in age; what is gone is asked for again.
 */
final class RecentListings {

  private static final int MOST = 4;
  private static final Duration LIFE = Duration.ofSeconds(60);

  private record Listing(List<StoredPart> parts, Instant asked) {}

  private final LinkedHashMap<String, Listing> byUpload = new LinkedHashMap<>();

  synchronized void keep(String uploadId, List<StoredPart> parts, Instant now) {
    byUpload.remove(uploadId);
    byUpload.put(uploadId, new Listing(parts, now));
    if (byUpload.size() > MOST) {
      byUpload.pollFirstEntry();
    }
  }

  synchronized Optional<List<StoredPart>> of(String uploadId, Instant now) {
    return Optional.ofNullable(byUpload.get(uploadId))
        .filter(listing -> now.isBefore(listing.asked().plus(LIFE)))
        .map(Listing::parts);
  }
}
