package io.waybill.postgres;

import io.waybill.core.recovery.Finding;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.recovery.RecoveryStore;
import io.waybill.core.recovery.RecoveryTables;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code recovery_runs}: few rows, one of a tenant under way. */
record PostgresRecoveries(Db db) implements RecoveryStore {

  private static final String COLUMNS =
      """
      r.id, r.tenant_id, r.phase, r.started_at, r.started_by, r.completed_at, r.datasets, r.verified,
      r.missing_object, r.metadata_only, r.object_only, r.unfinished, r.objects, r.unclaimed\
      """;

  static RecoveryTables tables(Db db) {
    return new RecoveryTables(
        new PostgresRecoveries(db),
        new PostgresRecoveryChecks(db),
        new PostgresUnclaimedObjects(db));
  }

  private static Sql sql(String name, String text) {
    return Sql.of("recoveries." + name, text.replace("{columns}", COLUMNS));
  }

  private static RecoveryRun run(Row row) {
    return new RecoveryRun(
        row.id("id"),
        row.id("tenant_id"),
        row.symbol("phase", RecoveryPhase.class),
        row.time("started_at"),
        row.text("started_by"),
        row.timeOrNull("completed_at"),
        new RecoveryRun.Counts(
            row.number("datasets"),
            row.number("verified"),
            row.number("missing_object"),
            row.number("metadata_only"),
            row.number("object_only"),
            row.number("unfinished"),
            row.number("objects"),
            row.number("unclaimed")));
  }

  private static final Sql BEGIN =
      sql(
          "begin",
          """
          insert into recovery_runs (id, tenant_id, phase, due_at, started_at, started_by)
          select :id::uuid, t.id, 'MARKING', :at::timestamptz, :at::timestamptz, :by::text
          from tenants t where t.id = :tenant
          on conflict (tenant_id) where completed_at is null do nothing
          """);

  @Override
  public boolean begin(RecoveryRun run) {
    return db.run(
            BEGIN
                .with("id", run.recoveryId())
                .with("tenant", run.tenantId())
                .with("at", run.startedAt())
                .with("by", run.startedBy()))
        == 1;
  }

  private static final Sql FIND =
      sql(
          "find",
          "select {columns} from recovery_runs r where r.id = :id and r.tenant_id = :tenant");

  @Override
  public Optional<RecoveryRun> find(UUID tenantId, UUID recoveryId) {
    return db.one(FIND.with("id", recoveryId).with("tenant", tenantId), PostgresRecoveries::run);
  }

  private static final Sql LIST =
      sql(
          "list",
          """
          select {columns} from recovery_runs r
          where r.tenant_id = :tenant and (:before::uuid is null or r.id < :before)
          order by r.id desc limit :limit
          """);

  @Override
  public List<RecoveryRun> list(UUID tenantId, @Nullable UUID before, int limit) {
    return db.all(
        LIST.with("tenant", tenantId).with("before", before).with("limit", limit),
        PostgresRecoveries::run);
  }

  private static final Sql CLAIM =
      sql(
          "claim",
          """
          with due as (
            select id from recovery_runs where completed_at is null and due_at <= :now::timestamptz
            order by due_at limit 1 for update skip locked
          )
          update recovery_runs r set due_at = :until::timestamptz from due where r.id = due.id
          returning {columns}, r.place, r.cursor
          """);

  @Override
  public Optional<Step> claim(Instant now, Instant until) {
    return db.one(
        CLAIM.with("now", now).with("until", until),
        row -> new Step(run(row), row.text("place"), row.text("cursor"), until));
  }

  private static final Sql SAVE =
      sql(
          "save",
          """
          update recovery_runs r set phase = :phase::recovery_phase, place = :place, cursor = :cursor,
            due_at = :due::timestamptz, datasets = r.datasets + :datasets, objects = r.objects + :objects,
            completed_at = case when :phase::recovery_phase = 'COMPLETED' then :due::timestamptz end,
            unclaimed = (select count(*) from unclaimed_objects o where o.tenant_id = r.tenant_id and o.run_id = r.id)
          where r.id = :id and r.completed_at is null and r.due_at = :claimed
          """);

  @Override
  public boolean save(Step step, Next next) {
    return db.run(
            SAVE.with("id", step.run().recoveryId())
                .with("claimed", step.claimedUntil())
                .with("phase", next.phase())
                .with("place", next.place())
                .with("cursor", next.cursor())
                .with("due", next.dueAt())
                .with("datasets", next.datasets())
                .with("objects", next.objects()))
        == 1;
  }

  private static final Map<Finding, Sql> COUNTS = counts();

  private static Map<Finding, Sql> counts() {
    Map<Finding, Sql> counts = new EnumMap<>(Finding.class);
    for (Finding finding : Finding.values()) {
      String column = finding.name().toLowerCase(Locale.ROOT);
      counts.put(
          finding,
          sql(
              "count_" + column,
              "update recovery_runs set %s = %s + 1 where id = :id".formatted(column, column)));
    }
    return counts;
  }

  @Override
  public void count(UUID recoveryId, Finding finding) {
    Sql sql = COUNTS.get(finding);
    if (sql == null) {
      throw new IllegalStateException("no column for " + finding);
    }
    db.run(sql.with("id", recoveryId));
  }
}
