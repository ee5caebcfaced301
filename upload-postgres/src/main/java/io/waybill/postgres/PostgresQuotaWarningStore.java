package io.waybill.postgres;

import io.waybill.core.quota.QuotaFill;
import io.waybill.core.quota.QuotaWarningStore;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code quota_warnings}, beside the bounds and what is counted. */
final class PostgresQuotaWarningStore implements QuotaWarningStore {
  private final Db db;

  PostgresQuotaWarningStore(Db db) {
    this.db = db;
  }

  // Projects that have a bound, and those of which something is told still, are found by an index
  // each.
  private static final Sql NEAR =
      Sql.of(
          "quota_warnings.near",
          """
          with bounded as (
            select t.id as owner_id, t.id as tenant_id, null::uuid as project_id,
              coalesce(t.max_bytes, :tenant_bytes::bigint) as max_bytes, u.used_bytes, u.reserved_bytes
            from tenants t cross join lateral (
              select coalesce(sum(c.used_bytes), 0)::bigint as used_bytes,
                coalesce(sum(c.reserved_bytes), 0)::bigint as reserved_bytes
              from tenant_usage c where c.tenant_id = t.id) u
            where t.id = any(:tenants::uuid[])
            union all
            select p.id, p.tenant_id, p.id,
              case when p.status <> 'DELETED' then p.max_bytes end, u.used_bytes, u.reserved_bytes
            from projects p cross join lateral (
              select coalesce(sum(c.used_bytes), 0)::bigint as used_bytes,
                coalesce(sum(c.reserved_bytes), 0)::bigint as reserved_bytes
              from project_usage c where c.project_id = p.id) u
            where p.id in (
              select b.id from projects b where b.tenant_id = any(:tenants::uuid[]) and b.max_bytes is not null
              union
              select w.owner_id from quota_warnings w where w.tenant_id = any(:tenants::uuid[]) and w.level > 0))
          select b.tenant_id, b.project_id, b.max_bytes, b.used_bytes, b.reserved_bytes,
            coalesce(w.level, 0) as level
          from bounded b left join quota_warnings w on w.owner_id = b.owner_id
          where (w.level > 0
            or (b.used_bytes + b.reserved_bytes)::numeric * 100 >= b.max_bytes::numeric * :lowest::integer)
          order by b.owner_id
          """);

  @Override
  public List<QuotaFill> near(Collection<UUID> tenantIds, @Nullable Long tenantBytes) {
    return db.all(
        NEAR.with("tenants", Sql.array(tenantIds))
            .with("tenant_bytes", tenantBytes)
            .with("lowest", QuotaFill.LOWEST),
        PostgresQuotaWarningStore::fill);
  }

  private static QuotaFill fill(Row row) {
    return new QuotaFill(
        row.id("tenant_id"),
        row.isNull("project_id") ? null : row.id("project_id"),
        row.isNull("max_bytes") ? null : Long.valueOf(row.number("max_bytes")),
        row.number("used_bytes"),
        row.number("reserved_bytes"),
        row.count("level"));
  }

  private static final Sql TELL =
      Sql.of(
          "quota_warnings.tell",
          """
          insert into quota_warnings as w (owner_id, tenant_id, level, warnings)
          values (:owner, :tenant, :level, :more)
          on conflict (owner_id) do update set level = excluded.level, warnings = w.warnings + excluded.warnings
            where w.level = :told
          returning w.warnings
          """);

  @Override
  public OptionalLong tell(QuotaFill fill) {
    return db.one(
            TELL.with("owner", fill.ownerId())
                .with("tenant", fill.tenantId())
                .with("level", fill.level())
                .with("more", fill.level() > fill.told() ? 1 : 0)
                .with("told", fill.told()),
            row -> row.number("warnings"))
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }
}
