package io.waybill.postgres;

import io.waybill.core.quota.Drift;
import io.waybill.core.quota.QuotaStore;
import io.waybill.core.quota.TenantQuota;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code tenant_usage}, the bounds of {@code tenants}, and whether counters are true. */
final class PostgresQuotaStore implements QuotaStore {
  private final Db db;

  PostgresQuotaStore(Db db) {
    this.db = db;
  }

  private static final Sql FIND =
      Sql.of(
          "quotas.find",
          """
          select t.max_bytes as t_max_bytes, coalesce(sum(u.used_bytes), 0)::bigint as t_used_bytes,
            coalesce(sum(u.reserved_bytes), 0)::bigint as t_reserved_bytes
          from tenants t left join tenant_usage u on u.tenant_id = t.id
          where t.id = :tenant group by t.id
          """);

  @Override
  public Optional<TenantQuota> find(UUID tenantId) {
    return db.one(FIND.with("tenant", tenantId), PostgresQuotaStore::quota);
  }

  static TenantQuota quota(Row joined) {
    Row row = joined.of("t_");
    return new TenantQuota(
        row.isNull("max_bytes") ? null : Long.valueOf(row.number("max_bytes")),
        row.number("used_bytes"),
        row.number("reserved_bytes"));
  }

  private static final Sql LOCK =
      Sql.of("quotas.lock", "select t.id from tenants t where t.id = :tenant for no key update");

  @Override
  public boolean lock(UUID tenantId) {
    return db.one(LOCK.with("tenant", tenantId), row -> row.id("id")).isPresent();
  }

  private static final Sql BOUND =
      Sql.of(
          "quotas.bound", "update tenants set max_bytes = :max_bytes::bigint where id = :tenant");

  @Override
  public boolean bound(UUID tenantId, @Nullable Long maxBytes) {
    return db.run(BOUND.with("tenant", tenantId).with("max_bytes", maxBytes)) == 1;
  }

  private static final Sql TENANTS =
      Sql.of(
          "quotas.tenants",
          """
          select t.id from tenants t where :after::uuid is null or t.id > :after::uuid order by t.id limit :limit
          """);

  @Override
  public List<UUID> tenants(@Nullable UUID after, int limit) {
    return db.all(TENANTS.with("after", after).with("limit", limit), row -> row.id("id"));
  }

  private static final Sql PROJECTS =
      Sql.of(
          "quotas.projects",
          """
          select p.id from projects p
          where p.tenant_id = :tenant and (:after::uuid is null or p.id > :after::uuid) order by p.id limit :limit
          """);

  @Override
  public List<UUID> projects(UUID tenantId, @Nullable UUID after, int limit) {
    return db.all(
        PROJECTS.with("tenant", tenantId).with("after", after).with("limit", limit),
        row -> row.id("id"));
  }

  @Override
  public List<Drift> drift(UUID tenantId, @Nullable UUID projectId) {
    return found(DriftSql.TENANT, DriftSql.PROJECT, tenantId, projectId);
  }

  private static final Sql CLAIM =
      Sql.of(
          "quotas.claim",
          "select pg_try_advisory_xact_lock(7263043, hashtext(:tenant::text)) as is_mine");

  // What is mended is looked for in a statement after the claim: it sees what the last one mended.
  @Override
  public List<Drift> mend(UUID tenantId, @Nullable UUID projectId) {
    boolean isMine =
        db.one(CLAIM.with("tenant", tenantId), row -> row.flag("is_mine")).orElse(false);
    return isMine
        ? found(DriftSql.MEND_TENANT, DriftSql.MEND_PROJECT, tenantId, projectId)
        : List.of();
  }

  private List<Drift> found(Sql ofTenant, Sql ofProject, UUID tenantId, @Nullable UUID projectId) {
    Sql.Call call =
        projectId == null
            ? ofTenant.with("tenant", tenantId)
            : ofProject.with("tenant", tenantId).with("project", projectId);
    return db.all(
        call,
        row ->
            new Drift(
                row.symbol("counter", Drift.Counter.class),
                row.id("owner_id"),
                row.number("counted"),
                row.number("actual")));
  }
}
