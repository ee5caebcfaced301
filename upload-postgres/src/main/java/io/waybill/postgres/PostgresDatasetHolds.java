package io.waybill.postgres;

import io.waybill.core.dataset.DatasetHolds;
import io.waybill.core.dataset.HoldIntent;
import io.waybill.core.dataset.StoredPlace;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code datasets} of whose hold a store is to be told: {@code hold_due_at}. */
final class PostgresDatasetHolds implements DatasetHolds {
  private final Db db;

  PostgresDatasetHolds(Db db) {
    this.db = db;
  }

  private static final Sql REQUEST =
      Sql.of(
          "dataset_holds.request",
          """
          update datasets set hold_due_at = greatest(hold_due_at, :now::timestamptz)
          where tenant_id = :tenant and id = :dataset
          """);

  @Override
  public void request(UUID tenantId, UUID datasetId, Instant now) {
    db.run(REQUEST.with("tenant", tenantId).with("dataset", datasetId).with("now", now));
  }

  private static final Sql CLAIM_DUE =
      DatasetRows.sql(
          "dataset_holds.claim_due",
          """
          with due as (
            select id from datasets where hold_due_at <= :now::timestamptz
            order by hold_due_at limit :limit for update skip locked
          ), claimed as (
            update datasets d set hold_due_at = :until::timestamptz from due where d.id = due.id returning d.*
          )
          select {columns} from claimed d
          """);

  @Override
  public List<HoldIntent> claimDue(Instant now, Instant until, int limit) {
    return db.all(
        CLAIM_DUE.with("now", now).with("until", until).with("limit", limit),
        row -> new HoldIntent(DatasetRows.dataset(row), until));
  }

  private static final Sql PLACES =
      Sql.of(
          "dataset_holds.places",
          """
          select s.endpoint_ref, s.bucket, s.object_key, s.object_version_id, s.legal_hold
          from upload_sessions s
          join storage_capabilities c on c.endpoint_ref = s.endpoint_ref and c.bucket = s.bucket
            and :lock = any (c.found)
          where s.tenant_id = :tenant and s.dataset_id = :dataset and s.status = 'COMPLETED'
          order by s.id
          """);

  @Override
  public List<StoredPlace> places(UUID tenantId, UUID datasetId) {
    return db.all(
        PLACES
            .with("tenant", tenantId)
            .with("dataset", datasetId)
            .with("lock", Capability.OBJECT_LOCK.name()),
        row ->
            new StoredPlace(
                new ObjectLocation(
                    row.text("endpoint_ref"), row.text("bucket"), row.text("object_key")),
                row.textOrNull("object_version_id"),
                row.flag("legal_hold"),
                LockBypass.NONE));
  }

  private static final Sql FINISH =
      Sql.of(
          "dataset_holds.finish",
          """
          update datasets d set hold_due_at = null
          where d.tenant_id = :tenant and d.id = :dataset and d.version = :version
            and d.hold_due_at = :until::timestamptz and not exists (
              select from upload_sessions s
              where s.tenant_id = d.tenant_id and s.dataset_id = d.id and s.status = 'COMPLETED' and not exists (
                select from storage_capabilities c where c.endpoint_ref = s.endpoint_ref and c.bucket = s.bucket))
          """);

  @Override
  public void finish(HoldIntent told) {
    db.run(
        FINISH
            .with("tenant", told.dataset().tenantId())
            .with("dataset", told.dataset().datasetId())
            .with("version", told.dataset().version())
            .with("until", told.until()));
  }
}
