package io.waybill.core.storage;

import java.util.List;

/** The finished objects that a store has, whoever made them. */
@FunctionalInterface
public interface StoredObjects {

  /**
   * ListObjectsV2: one page, in the order of their keys. Throws {@link
   * io.waybill.core.Outage.Storage} when the store does not answer or refuses us.
   *
   * @param prefix the beginning of their keys
   * @param after the last key of the page before; empty for the first
   */
  Listing list(String endpointRef, String bucket, String prefix, String after);

  /** One of them. */
  record Found(String key, long sizeBytes, String etag) {}

  /**
   * One page.
   *
   * @param hasMore whether there are others behind the last of it
   */
  record Listing(List<Found> objects, boolean hasMore) {
    public Listing {
      objects = List.copyOf(objects);
    }
  }
}
