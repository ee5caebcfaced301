package io.waybill.postgres;

import io.waybill.core.storage.StoredObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What storage said of a finished object, as rows of sessions and datasets keep it. */
final class StoredObjectRows {

  private StoredObjectRows() {}

  /** As a session keeps it: with its sums. */
  static StoredObject checked(Row row) {
    StoredObject bare = bare(row);
    return new StoredObject(
        bare.sizeBytes(), bare.etag(), bare.versionId(), row.texts("object_checksums"));
  }

  /** As a dataset keeps it, too: without them. */
  static StoredObject bare(Row row) {
    return new StoredObject(
        row.number("object_size_bytes"),
        row.text("object_etag"),
        row.textOrNull("object_version_id"));
  }

  static void put(Map<String, @Nullable Object> row, StoredObject object) {
    row.put("object_size_bytes", object.sizeBytes());
    row.put("object_etag", object.etag());
    row.put("object_version_id", object.versionId());
    row.put("object_checksums", object.sums().isEmpty() ? null : object.sums());
  }
}
