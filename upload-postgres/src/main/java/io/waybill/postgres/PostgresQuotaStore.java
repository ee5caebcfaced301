package io.waybill.postgres;

import io.waybill.core.quota.QuotaStore;
import io.waybill.core.quota.TenantQuota;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code tenant_usage}, and the bounds of {@code tenants}. */
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

  private static final Sql BOUND =
      Sql.of(
          "quotas.bound", "update tenants set max_bytes = :max_bytes::bigint where id = :tenant");

  @Override
  public boolean bound(UUID tenantId, @Nullable Long maxBytes) {
    return db.run(BOUND.with("tenant", tenantId).with("max_bytes", maxBytes)) == 1;
  }
}
