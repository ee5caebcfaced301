package io.waybill.postgres;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.storage.ObjectLocation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code datasets}. */
final class PostgresDatasetStore implements DatasetStore {
  private static final String COLUMNS =
      """
      d.id, d.tenant_id, d.project_id, d.name, d.status, d.original_filename, d.content_type, d.file_size_bytes,
      d.checksum_sha256, d.validation_status, d.recovery_status, d.endpoint_ref, d.bucket, d.object_key,
      d.object_size_bytes, d.object_etag, d.object_version_id, d.source_device_id, d.source_device_code, d.metadata,
      d.version, d.created_at, d.updated_at, d.ready_at\
      """;

  private final Db db;

  PostgresDatasetStore(Db db) {
    this.db = db;
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static final Sql FIND =
      sql(
          "datasets.find",
          """
          select {columns} from datasets d
          where d.id = :id and d.tenant_id = :tenant and d.project_id = :project
            and d.status not in ('DELETED', 'PURGED')
          """);

  @Override
  public Optional<Dataset> find(UUID tenantId, UUID projectId, UUID datasetId) {
    return db.one(
        FIND.with("id", datasetId).with("tenant", tenantId).with("project", projectId),
        PostgresDatasetStore::dataset);
  }

  private static final Sql LIST =
      sql(
          "datasets.list",
          """
          select {columns} from datasets d
          where d.tenant_id = :tenant and d.project_id = :project and d.status not in ('DELETED', 'PURGED')
            and (:status::dataset_status is null or d.status = :status)
            and (:device::uuid is null or d.source_device_id = :device)
            and (:after::timestamptz is null or d.created_at > :after)
            and (:until::timestamptz is null or d.created_at < :until)
            and (:search::text is null or d.name ilike :search or d.original_filename ilike :search)
            and (:before::uuid is null or d.id < :before) and d.id <> all(:except::uuid[])
          order by d.id desc limit :limit
          """);

  @Override
  public List<Dataset> list(Query query) {
    return db.all(
        LIST.with("tenant", query.tenantId())
            .with("project", query.projectId())
            .with("status", query.status())
            .with("device", query.sourceDeviceId())
            .with("after", query.createdAfter())
            .with("until", query.createdBefore())
            .with("search", pattern(query.search()))
            .with("before", query.before())
            .with("except", Sql.array(query.except()))
            .with("limit", query.limit()),
        PostgresDatasetStore::dataset);
  }

  private static final Sql REPORT_CHECKSUM =
      Sql.of(
          "datasets.report-checksum",
          """
          update datasets set checksum_sha256 = :sum
          where id = :id and tenant_id = :tenant and coalesce(checksum_sha256, :sum) = :sum
          """);

  @Override
  public boolean reportChecksum(UUID tenantId, UUID datasetId, String sha256) {
    return db.run(
            REPORT_CHECKSUM.with("id", datasetId).with("tenant", tenantId).with("sum", sha256))
        == 1;
  }

  private static final Sql LOCK =
      Sql.of(
          "datasets.lock",
          """
          select id from datasets
          where id = any(:ids::uuid[]) and tenant_id = :tenant and project_id = :project
          order by id for update
          """);

  // An upload that is open is the current one of its object: only what has ended is retried.
  private static final Sql TARGETS =
      sql(
          "datasets.targets",
          """
          select {columns}, exists (
              select from upload_objects o join upload_sessions s on s.id = o.session_id
              where o.tenant_id = d.tenant_id and o.dataset_id = d.id and (s.status = 'COMPLETING'
                or s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED') and s.expires_at > :now)
            ) as is_uploading
          from datasets d
          where d.id = any(:ids::uuid[]) and d.tenant_id = :tenant and d.project_id = :project
            and d.status not in ('DELETED', 'PURGED')
          """);

  // Two statements: the second one sees what the holder of a lock before us has committed.
  @Override
  public Map<UUID, UploadTarget> lockForUpload(
      UUID tenantId, UUID projectId, Set<UUID> datasetIds, Instant now) {
    Object ids = Sql.array(datasetIds);
    db.all(
        LOCK.with("ids", ids).with("tenant", tenantId).with("project", projectId),
        row -> row.id("id"));
    return db
        .all(
            TARGETS
                .with("ids", ids)
                .with("tenant", tenantId)
                .with("project", projectId)
                .with("now", now),
            row -> new UploadTarget(dataset(row), row.flag("is_uploading")))
        .stream()
        .collect(Collectors.toMap(target -> target.dataset().datasetId(), target -> target));
  }

  private static @Nullable String pattern(@Nullable String search) {
    return search == null ? null : "%" + search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  private static Dataset dataset(Row row) {
    return new Dataset(
        row.id("id"),
        row.id("tenant_id"),
        row.id("project_id"),
        row.text("name"),
        row.symbol("status", DatasetStatus.class),
        row.text("original_filename"),
        row.text("content_type"),
        row.number("file_size_bytes"),
        row.textOrNull("checksum_sha256"),
        row.symbol("validation_status", ValidationStatus.class),
        row.symbol("recovery_status", RecoveryStatus.class),
        row.isNull("object_key")
            ? null
            : new ObjectLocation(
                row.text("endpoint_ref"), row.text("bucket"), row.text("object_key")),
        row.isNull("object_etag") ? null : SessionRows.storedObject(row),
        row.idOrNull("source_device_id"),
        row.textOrNull("source_device_code"),
        row.map("metadata"),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"),
        row.timeOrNull("ready_at"));
  }
}
