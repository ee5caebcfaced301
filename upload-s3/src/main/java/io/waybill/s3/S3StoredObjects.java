package io.waybill.s3;

import io.waybill.core.storage.StoredObjects;
import io.waybill.s3.S3Xml.Document;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ListObjectsV2 of a real store, repeated where that may help. */
record S3StoredObjects(StoreCalls calls, Attempts.Retrying retrying) implements StoredObjects {

  @Override
  public Listing list(String endpointRef, String bucket, String prefix, String after) {
    return retrying.of(() -> once(endpointRef, S3Call.objects(bucket, prefix, after)));
  }

  private Listing once(String endpointRef, S3Call call) {
    try {
      Deadline end = Deadline.in(calls.timeouts().list());
      return listing(calls.call(endpointRef, end, s3 -> s3.read(call)));
    } catch (StorageFault fault) {
      throw fault.outage("ListObjectsV2");
    }
  }

  private static Listing listing(Document document) {
    List<Found> found = document.parts().stream().map(S3StoredObjects::found).toList();
    return new Listing(found, "true".equalsIgnoreCase(document.text("IsTruncated")));
  }

  /** Who passed over one that lacks something would take it for gone. */
  private static Found found(Map<String, String> one) {
    String key = one.get("Key");
    Long size = size(one.get("Size"));
    if (key == null || size == null) {
      throw StorageFault.nonsense("a list of objects that lacks a key or a size");
    }
    String etag = one.get("ETag");
    return new Found(key, size, etag == null ? "" : etag);
  }

  private static @Nullable Long size(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
