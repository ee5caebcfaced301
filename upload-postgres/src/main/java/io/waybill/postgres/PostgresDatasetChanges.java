package io.waybill.postgres;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetChanges;
import io.waybill.core.dataset.DatasetHolds;
import io.waybill.core.dataset.LegalHold;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@code datasets} and {@code dataset_tags}, as people change them. */
final class PostgresDatasetChanges implements DatasetChanges {
  private final Db db;

  PostgresDatasetChanges(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "datasets.insert",
          """
          with home as (
            select p.tenant_id, p.id from projects p
            where p.tenant_id = :tenant and p.id = :project and p.status = 'ACTIVE' for key share
          )
          insert into datasets (id, tenant_id, project_id, name, status, original_filename, content_type,
            file_size_bytes, validation_status, recovery_status, source_device_id, metadata, labels, classification,
            version, created_at, updated_at)
          select :id::uuid, h.tenant_id, h.id, :name::text, :status::dataset_status, :file::text, :type::text,
            :size::bigint, :validation::validation_status, :recovery::recovery_status, :device::uuid,
            :metadata::jsonb, :labels::jsonb, :classification::text, :version::bigint, :created::timestamptz,
            :updated::timestamptz
          from home h
          """);

  @Override
  public boolean insert(Dataset dataset) {
    boolean isAdded =
        db.run(
                said(INSERT.call(), dataset)
                    .with("project", dataset.projectId())
                    .with("file", dataset.originalFilename())
                    .with("type", dataset.contentType())
                    .with("size", dataset.fileSizeBytes())
                    .with("device", dataset.sourceDeviceId())
                    .with("created", dataset.createdAt()))
            == 1;
    if (isAdded && !dataset.profile().tagIds().isEmpty()) {
      tag(dataset);
    }
    return isAdded;
  }

  private static final Sql LOCK =
      Sql.of(
          "datasets.lock_to_change",
          """
          select id from datasets
          where id = any(:ids::uuid[]) and tenant_id = :tenant and project_id = :project and status <> 'PURGED'
          order by id for update
          """);

  private static final Sql LOCKED =
      DatasetRows.sql(
          "datasets.locked",
          """
          select {columns} from datasets d
          where d.id = any(:ids::uuid[]) and d.tenant_id = :tenant and d.project_id = :project
            and d.status <> 'PURGED'
          """);

  // Two statements: the second one sees what the holder of a lock before us has committed.
  @Override
  public Map<UUID, Dataset> lock(UUID tenantId, UUID projectId, Set<UUID> datasetIds) {
    Object ids = Sql.array(datasetIds);
    db.all(
        LOCK.with("ids", ids).with("tenant", tenantId).with("project", projectId),
        row -> row.id("id"));
    return db
        .all(
            LOCKED.with("ids", ids).with("tenant", tenantId).with("project", projectId),
            DatasetRows::dataset)
        .stream()
        .collect(Collectors.toMap(Dataset::datasetId, dataset -> dataset));
  }

  private static final Sql UPDATE =
      Sql.of(
          "datasets.update",
          """
          update datasets set name = :name, metadata = :metadata::jsonb, labels = :labels::jsonb,
            classification = :classification, status = :status::dataset_status,
            validation_status = :validation::validation_status,
            recovery_status = :recovery::recovery_status, ready_at = :ready::timestamptz,
            archived_at = :archived::timestamptz, deleted_at = :deleted::timestamptz,
            deleted_from = :deleted_from::dataset_status, legal_hold_at = :held::timestamptz,
            legal_hold_reason = :hold_reason, version = :version, updated_at = :updated
          where id = :id and tenant_id = :tenant
          """);

  @Override
  public void update(Dataset dataset) {
    LegalHold hold = dataset.legalHold();
    db.run(
        said(UPDATE.call(), dataset)
            .with("held", hold == null ? null : hold.since())
            .with("hold_reason", hold == null ? null : hold.reason())
            .with("ready", dataset.readyAt())
            .with("archived", dataset.standing().archivedAt())
            .with("deleted", dataset.standing().deletedAt())
            .with("deleted_from", dataset.standing().deletedFrom()));
    tag(dataset);
  }

  private static Sql.Call said(Sql.Call call, Dataset dataset) {
    return call.with("id", dataset.datasetId())
        .with("tenant", dataset.tenantId())
        .with("name", dataset.name())
        .with("metadata", Json.write(dataset.metadata()))
        .with("labels", Json.write(dataset.profile().labels()))
        .with("classification", dataset.profile().classification())
        .with("status", dataset.status())
        .with("validation", dataset.validationStatus())
        .with("recovery", dataset.recoveryStatus())
        .with("version", dataset.version())
        .with("updated", dataset.updatedAt());
  }

  private static final Sql TAG =
      Sql.of(
          "datasets.tag",
          """
          with gone as (
            delete from dataset_tags where dataset_id = :id and tag_id <> all(:tags::uuid[])
          )
          insert into dataset_tags (tenant_id, dataset_id, tag_id)
          select :tenant::uuid, :id::uuid, t from unnest(:tags::uuid[]) t
          on conflict (dataset_id, tag_id) do nothing
          """);

  private void tag(Dataset dataset) {
    db.run(
        TAG.with("id", dataset.datasetId())
            .with("tenant", dataset.tenantId())
            .with("tags", Sql.array(dataset.profile().tagIds())));
  }

  private static final Sql TAGS =
      Sql.of(
          "datasets.tags",
          """
          select t.id from tags t
          where t.tenant_id = :tenant and t.project_id = :project and t.id = any(:ids::uuid[])
          order by t.id for key share
          """);

  @Override
  public Set<UUID> tags(UUID tenantId, UUID projectId, Set<UUID> tagIds) {
    return Set.copyOf(
        db.all(
            TAGS.with("tenant", tenantId).with("project", projectId).with("ids", Sql.array(tagIds)),
            row -> row.id("id")));
  }

  @Override
  public DatasetHolds holds() {
    return new PostgresDatasetHolds(db);
  }
}
