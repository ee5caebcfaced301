package io.waybill.postgres;

import io.waybill.core.access.ApiKey;
import io.waybill.core.access.ApiKeyStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code api_keys}, as people see them. */
final class PostgresApiKeyStore implements ApiKeyStore {
  private static final String COLUMNS =
      "k.id, k.tenant_id, k.name, k.prefix, k.created_at, k.expires_at, k.revoked_at,"
          + " to_jsonb(k.device_ids) as device_ids";

  private final Db db;

  PostgresApiKeyStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "api_keys.insert",
          """
          insert into api_keys (id, tenant_id, name, prefix, sha256, created_at, expires_at, revoked_at,
            device_ids)
          values (:id, :tenant, :name, :prefix, :sha256, :created, :expires, :revoked, :devices::uuid[])
          """);

  @Override
  public void insert(ApiKey key, String sha256) {
    db.run(
        INSERT
            .with("id", key.apiKeyId())
            .with("tenant", key.tenantId())
            .with("name", key.name())
            .with("prefix", key.prefix())
            .with("sha256", sha256)
            .with("created", key.createdAt())
            .with("expires", key.expiresAt())
            .with("revoked", key.revokedAt())
            .with("devices", Sql.array(key.deviceIds())));
  }

  private static final Sql LOCK =
      sql(
          "api_keys.lock",
          """
          select {columns} from api_keys k where k.tenant_id = :tenant and k.id = :id for no key update
          """);

  @Override
  public Optional<ApiKey> lock(UUID tenantId, UUID apiKeyId) {
    return db.one(LOCK.with("tenant", tenantId).with("id", apiKeyId), PostgresApiKeyStore::key);
  }

  private static final Sql REVOKE =
      Sql.of(
          "api_keys.revoke",
          "update api_keys k set revoked_at = :revoked where k.tenant_id = :tenant and k.id = :id");

  @Override
  public void revoke(ApiKey key) {
    db.run(
        REVOKE
            .with("tenant", key.tenantId())
            .with("id", key.apiKeyId())
            .with("revoked", key.revokedAt()));
  }

  private static final Sql LIST =
      sql(
          "api_keys.list",
          """
          select {columns} from api_keys k
          where k.tenant_id = :tenant and (:before::uuid is null or k.id < :before)
          order by k.id desc limit :limit
          """);

  private static final Sql LIST_PREFIXED =
      sql(
          "api_keys.list_prefixed",
          """
          select {columns} from api_keys k
          where k.tenant_id = :tenant and starts_with(k.prefix collate "C", :prefix)
            and (:before::uuid is null or k.id < :before)
          order by k.id desc limit :limit
          """);

  @Override
  public List<ApiKey> list(Query query) {
    String prefix = query.prefix();
    Sql.Call call = prefix == null ? LIST.call() : LIST_PREFIXED.with("prefix", prefix);
    return db.all(
        call.with("tenant", query.tenantId())
            .with("before", query.before())
            .with("limit", query.limit()),
        PostgresApiKeyStore::key);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static ApiKey key(Row row) {
    return new ApiKey(
        row.id("id"),
        row.id("tenant_id"),
        row.text("name"),
        row.text("prefix"),
        row.time("created_at"),
        row.timeOrNull("expires_at"),
        row.timeOrNull("revoked_at"),
        Set.copyOf(row.list("device_ids", UUID.class)));
  }
}
