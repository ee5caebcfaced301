package io.waybill.core.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The multipart uploads that a store has under way, whoever began them. */
@FunctionalInterface
public interface UnfinishedUploads {

  /**
   * ListMultipartUploads: one page, in the order of the store. Throws {@link
   * io.waybill.core.Outage.Storage} when the store does not answer or refuses us.
   *
   * @param prefix the beginning of their keys; a store without {@link Capability#PREFIX_LISTING}
   *     finds only those whose whole key it is
   * @param after where the page before ended; null for the first
   */
  Listing list(String endpointRef, String bucket, String prefix, @Nullable Marker after);

  /**
   * One of them.
   *
   * @param initiatedAt by the store's clock
   */
  record Found(String key, String uploadId, Instant initiatedAt) {}

  /** Where a listing goes on. */
  record Marker(String key, String uploadId) {}

  /**
   * One page.
   *
   * @param next null when it is the last
   */
  record Listing(List<Found> uploads, @Nullable Marker next) {
    public Listing {
      uploads = List.copyOf(uploads);
    }
  }
}
