package io.waybill.s3;

import io.waybill.core.storage.UnfinishedUploads;
import io.waybill.s3.S3Xml.Document;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ListMultipartUploads of a real store, repeated where that may help. */
record S3UnfinishedUploads(StoreCalls calls, Attempts.Retrying retrying)
    implements UnfinishedUploads {

  @Override
  public Listing list(String endpointRef, String bucket, String prefix, @Nullable Marker after) {
    return retrying.of(() -> once(endpointRef, S3Call.uploads(bucket, prefix, after)));
  }

  private Listing once(String endpointRef, S3Call call) {
    try {
      Deadline end = Deadline.in(calls.timeouts().list());
      return listing(calls.call(endpointRef, end, s3 -> s3.read(call)));
    } catch (StorageFault fault) {
      throw fault.outage("ListMultipartUploads");
    }
  }

  private static Listing listing(Document document) {
    List<Found> found = document.parts().stream().flatMap(one -> found(one).stream()).toList();
    if (!"true".equalsIgnoreCase(document.text("IsTruncated"))) {
      return new Listing(found, null);
    }
    String key = document.text("NextKeyMarker");
    if (key == null) {
      throw StorageFault.nonsense("a truncated list of uploads that does not say where it goes on");
    }
    String uploadId = document.text("NextUploadIdMarker");
    return new Listing(found, new Marker(key, uploadId == null ? "" : uploadId));
  }

  /** One that lacks its key, its id or its age is nobody's to judge. */
  private static Optional<Found> found(Map<String, String> one) {
    String key = one.get("Key");
    String uploadId = one.get("UploadId");
    Instant initiated = time(one.get("Initiated"));
    return key == null || uploadId == null || initiated == null
        ? Optional.empty()
        : Optional.of(new Found(key, uploadId, initiated));
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text.strip());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
