package io.waybill.postgres;

import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.recovery.RecoveryChecks;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code recovery_checks}, and what they do to {@code datasets}. */
record PostgresRecoveryChecks(Db db) implements RecoveryChecks {

  // Two ranges of one index, each read in its order: the rest of a project, and the projects after
  // it.
  private static final Sql MARK =
      Sql.of(
          "recovery_checks.mark",
          """
          with next as (
            (select d.project_id, d.id from datasets d
              where d.tenant_id = :tenant and d.project_id = :project and d.id < :dataset
                and d.status <> 'PURGED' and d.object_key is not null
              order by d.id desc limit :limit)
            union all
            (select d.project_id, d.id from datasets d
              where d.tenant_id = :tenant and d.project_id > :project
                and d.status <> 'PURGED' and d.object_key is not null
              order by d.project_id, d.id desc limit :limit)
            order by 1, 2 desc limit :limit
          ), doubted as (
            update datasets d set recovery_status = 'RECOVERY_PENDING',
              status = case when d.status = 'READY' then 'PROCESSING' else d.status end
            from next where d.id = next.id and d.object_etag is not null and d.recovery_status = 'NORMAL'
              and d.status <> 'PURGED'
          ), queued as (
            insert into recovery_checks (dataset_id, tenant_id, run_id, due_at)
            select id, :tenant::uuid, :run::uuid, :now::timestamptz from next
            on conflict (dataset_id) do update set run_id = excluded.run_id, due_at = excluded.due_at
          )
          select project_id, id from next order by project_id, id desc
          """);

  @Override
  public List<Marked> mark(RecoveryRun run, Marked after, int limit, Instant now) {
    return db.all(
        MARK.with("tenant", run.tenantId())
            .with("run", run.recoveryId())
            .with("project", after.projectId())
            .with("dataset", after.datasetId())
            .with("limit", limit)
            .with("now", now),
        row -> new Marked(row.id("project_id"), row.id("id")));
  }

  private static final Sql CLAIM =
      DatasetRows.sql(
          "recovery_checks.claim",
          """
          with due as (
            select dataset_id from recovery_checks where due_at <= :now::timestamptz
            order by due_at limit :limit for update skip locked
          ), claimed as (
            update recovery_checks c set due_at = :until::timestamptz from due
            where c.dataset_id = due.dataset_id returning c.dataset_id, c.run_id
          )
          select {columns}, c.run_id from claimed c join datasets d on d.id = c.dataset_id
          """);

  @Override
  public List<Due> claim(Instant now, Instant until, int limit) {
    return db.all(
        CLAIM.with("now", now).with("until", until).with("limit", limit),
        row -> new Due(DatasetRows.dataset(row), row.idOrNull("run_id"), until));
  }

  private static final Sql END =
      Sql.of(
          "recovery_checks.end",
          "delete from recovery_checks where dataset_id = :id and due_at = :claimed");

  private static final Sql AGAIN =
      Sql.of(
          "recovery_checks.again",
          """
          update recovery_checks set run_id = null, due_at = :again::timestamptz
          where dataset_id = :id and due_at = :claimed
          """);

  @Override
  public boolean finish(Due due, @Nullable Instant again) {
    Sql.Call call = again == null ? END.call() : AGAIN.with("again", again);
    return db.run(mine(call, due)) == 1;
  }

  private static final Sql DELAY =
      Sql.of(
          "recovery_checks.delay",
          """
          update recovery_checks set due_at = :until::timestamptz
          where dataset_id = :id and due_at = :claimed
          """);

  @Override
  public void delay(Due due, Instant until) {
    db.run(mine(DELAY.with("until", until), due));
  }

  private static Sql.Call mine(Sql.Call call, Due due) {
    return call.with("id", due.dataset().datasetId()).with("claimed", due.claimedUntil());
  }

  private static final Sql IS_OPEN =
      Sql.of(
          "recovery_checks.is_open",
          "select dataset_id from recovery_checks where run_id = :run limit 1");

  @Override
  public boolean isOpen(UUID recoveryId) {
    return db.one(IS_OPEN.with("run", recoveryId), row -> row.id("dataset_id")).isPresent();
  }

  private static final Sql FOUND =
      Sql.of(
          "recovery_checks.found",
          """
          update datasets set object_etag = :etag, object_version_id = :version
          where id = :id and tenant_id = :tenant and object_etag is not null
          """);

  @Override
  public void found(UUID tenantId, UUID datasetId, StoredObject object) {
    db.run(
        FOUND
            .with("id", datasetId)
            .with("tenant", tenantId)
            .with("etag", object.etag())
            .with("version", object.versionId()));
  }

  private static final Sql CENSUS =
      Sql.of(
          "recovery_checks.census",
          """
          select recovery_status, count(*) as counted from datasets
          where recovery_status <> 'NORMAL' and status <> 'PURGED' group by recovery_status
          """);

  @Override
  public Map<RecoveryStatus, Long> census() {
    Map<RecoveryStatus, Long> census = new EnumMap<>(RecoveryStatus.class);
    db.all(
            CENSUS.call(),
            row ->
                Map.entry(
                    row.symbol("recovery_status", RecoveryStatus.class), row.number("counted")))
        .forEach(one -> census.put(one.getKey(), one.getValue()));
    return census;
  }
}
