package io.waybill.postgres;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFile;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.LegalHold;
import io.waybill.core.dataset.PreviewStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.storage.ObjectLocation;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Rows of {@code datasets d} as datasets. */
final class DatasetRows {
  private static final String COLUMNS =
      """
      d.id, d.tenant_id, d.project_id, d.name, d.status, d.original_filename, d.content_type, d.file_size_bytes,
      d.checksum_sha256, d.validation_status, d.recovery_status, d.endpoint_ref, d.bucket, d.object_key,
      d.object_size_bytes, d.object_etag, d.object_version_id, d.source_device_id, d.source_device_code, d.metadata,
      d.labels, d.classification, d.version, d.created_at, d.updated_at, d.ready_at, d.archived_at, d.deleted_at,
      d.deleted_from, d.legal_hold_at, d.legal_hold_reason, d.preview_status, d.preview_metadata, (select coalesce(jsonb_agg(g.tag_id), '[]') from dataset_tags g where g.dataset_id = d.id) as tag_ids\
      """;

  private DatasetRows() {}

  /** A statement that selects {@code {columns}}. */
  static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  static Dataset dataset(Row row) {
    return new Dataset(
        row.id("id"),
        row.id("tenant_id"),
        row.id("project_id"),
        new DatasetProfile(
            row.text("name"),
            row.map("metadata"),
            labels(row),
            row.textOrNull("classification"),
            row.list("tag_ids", UUID.class)),
        standing(row),
        new DatasetFile(
            row.text("original_filename"),
            row.text("content_type"),
            row.number("file_size_bytes"),
            row.textOrNull("checksum_sha256")),
        row.isNull("object_key")
            ? null
            : new ObjectLocation(
                row.text("endpoint_ref"), row.text("bucket"), row.text("object_key")),
        row.isNull("object_etag") ? null : StoredObjectRows.bare(row),
        row.idOrNull("source_device_id"),
        row.textOrNull("source_device_code"),
        row.isNull("legal_hold_at")
            ? null
            : new LegalHold(row.text("legal_hold_reason"), row.time("legal_hold_at")),
        new DatasetPreview(
            row.symbol("preview_status", PreviewStatus.class), row.map("preview_metadata")),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"));
  }

  private static DatasetStanding standing(Row row) {
    return new DatasetStanding(
        row.symbol("status", DatasetStatus.class),
        row.symbol("validation_status", ValidationStatus.class),
        row.symbol("recovery_status", RecoveryStatus.class),
        row.timeOrNull("ready_at"),
        row.timeOrNull("archived_at"),
        row.timeOrNull("deleted_at"),
        row.isNull("deleted_from") ? null : row.symbol("deleted_from", DatasetStatus.class));
  }

  private static Map<String, String> labels(Row row) {
    Map<String, String> labels = new TreeMap<>();
    row.map("labels").forEach((name, value) -> labels.put(name, value.toString()));
    return labels;
  }
}
