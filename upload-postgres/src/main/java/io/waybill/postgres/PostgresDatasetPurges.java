package io.waybill.postgres;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetPurges;
import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code datasets} on their way out: {@code purge_requested_at} and {@code purge_due_at}. */
final class PostgresDatasetPurges implements DatasetPurges {
  private final Db db;

  PostgresDatasetPurges(Db db) {
    this.db = db;
  }

  private static final Sql FIND =
      Sql.of(
          "dataset_purges.find",
          """
          select d.purge_requested_at, greatest(p.retention_days, u.retention_days) as retention_days,
            u.locked_until, u.governed_until, u.is_uploading
          from datasets d
          join projects p on p.tenant_id = d.tenant_id and p.id = d.project_id
          cross join lateral (
            select max(y.retention_days) as retention_days,
              max(s.created_at + s.object_lock_days * interval '24 hours')
                filter (where s.status = 'COMPLETED' and s.object_lock_mode = 'COMPLIANCE') as locked_until,
              max(s.created_at + s.object_lock_days * interval '24 hours')
                filter (where s.status = 'COMPLETED' and s.object_lock_mode = 'GOVERNANCE') as governed_until,
              coalesce(bool_or(s.status not in ('COMPLETED', 'ABORTED', 'FAILED')), false) as is_uploading
            from upload_sessions s
            join storage_policies y on y.tenant_id = s.tenant_id and y.id = s.storage_policy_id
            where s.tenant_id = d.tenant_id and s.dataset_id = d.id
          ) u
          where d.tenant_id = :tenant and d.id = :dataset
          """);

  @Override
  public Optional<PurgeStanding> find(UUID tenantId, UUID datasetId) {
    return db
        .all(
            FIND.with("tenant", tenantId).with("dataset", datasetId),
            row ->
                new PurgeStanding(
                    row.isNull("retention_days")
                        ? null
                        : Integer.valueOf(row.count("retention_days")),
                    row.timeOrNull("locked_until"),
                    row.timeOrNull("governed_until"),
                    row.flag("is_uploading"),
                    row.timeOrNull("purge_requested_at")))
        .stream()
        .findFirst();
  }

  private static final Sql FIND_PURGED =
      DatasetRows.sql(
          "dataset_purges.find_purged",
          """
          select {columns} from datasets d
          where d.tenant_id = :tenant and d.project_id = :project and d.id = :dataset and d.status = 'PURGED'
          """);

  @Override
  public Optional<Dataset> findPurged(UUID tenantId, UUID projectId, UUID datasetId) {
    return db
        .all(
            FIND_PURGED
                .with("tenant", tenantId)
                .with("project", projectId)
                .with("dataset", datasetId),
            DatasetRows::dataset)
        .stream()
        .findFirst();
  }

  private static final Sql PLACES =
      Sql.of(
          "dataset_purges.places",
          """
          select s.endpoint_ref, s.bucket, s.object_key, s.object_version_id,
            s.legal_hold or (d.hold_due_at is not null and exists (
              select from storage_capabilities c
              where c.endpoint_ref = s.endpoint_ref and c.bucket = s.bucket and 'OBJECT_LOCK' = any (c.found)
            )) as is_held,
            d.purge_bypasses_lock and s.object_lock_mode = 'GOVERNANCE' as bypasses_lock
          from upload_sessions s
          join datasets d on d.tenant_id = s.tenant_id and d.id = s.dataset_id
          where s.tenant_id = :tenant and s.dataset_id = :dataset
          order by s.id
          """);

  @Override
  public List<StoredPlace> places(UUID tenantId, UUID datasetId) {
    return db.all(
        PLACES.with("tenant", tenantId).with("dataset", datasetId),
        row ->
            new StoredPlace(
                new ObjectLocation(
                    row.text("endpoint_ref"), row.text("bucket"), row.text("object_key")),
                row.textOrNull("object_version_id"),
                row.flag("is_held"),
                row.flag("bypasses_lock") ? LockBypass.GOVERNANCE : LockBypass.NONE));
  }

  private static final Sql REQUEST =
      Sql.of(
          "dataset_purges.request",
          """
          update datasets set purge_requested_at = coalesce(purge_requested_at, :now::timestamptz),
            purge_due_at = :due::timestamptz
          where tenant_id = :tenant and id = :dataset and status = 'DELETED'
          """);

  @Override
  public void request(UUID tenantId, UUID datasetId, Instant now, Instant dueAt) {
    db.run(
        REQUEST
            .with("tenant", tenantId)
            .with("dataset", datasetId)
            .with("now", now)
            .with("due", dueAt));
  }

  private static final Sql BYPASS_LOCKS =
      Sql.of(
          "dataset_purges.bypass_locks",
          """
          update datasets set purge_bypasses_lock = true
          where tenant_id = :tenant and id = :dataset and purge_requested_at is not null
          """);

  @Override
  public void bypassLocks(UUID tenantId, UUID datasetId) {
    db.run(BYPASS_LOCKS.with("tenant", tenantId).with("dataset", datasetId));
  }

  private static final Sql CLAIM_DUE =
      DatasetRows.sql(
          "dataset_purges.claim_due",
          """
          with due as (
            select id from datasets where purge_due_at <= :now::timestamptz
            order by purge_due_at limit :limit for update skip locked
          ), claimed as (
            update datasets d set purge_due_at = :until::timestamptz from due where d.id = due.id returning d.*
          )
          select {columns} from claimed d
          """);

  @Override
  public List<Dataset> claimDue(Instant now, Instant until, int limit) {
    return db.all(
        CLAIM_DUE.with("now", now).with("until", until).with("limit", limit), DatasetRows::dataset);
  }

  private static final Sql FINISH =
      Sql.of(
          "dataset_purges.finish",
          """
          with untagged as (
            delete from dataset_tags where dataset_id = :id and tenant_id = :tenant
          ), unjudged as (
            delete from dataset_validation_results where dataset_id = :id and tenant_id = :tenant
          )
          update datasets set status = 'PURGED', purge_due_at = null, hold_due_at = null, version = :version,
            updated_at = :updated::timestamptz, deleted_from = null, metadata = '{}', labels = '{}',
            classification = null, preview_status = 'NONE', preview_metadata = '{}', checksum_sha256 = null,
            endpoint_ref = null, bucket = null, object_key = null, object_size_bytes = null, object_etag = null,
            object_version_id = null
          where id = :id and tenant_id = :tenant
          """);

  @Override
  public void finish(Dataset purged) {
    db.run(
        FINISH
            .with("id", purged.datasetId())
            .with("tenant", purged.tenantId())
            .with("version", purged.version())
            .with("updated", purged.updatedAt()));
  }
}
