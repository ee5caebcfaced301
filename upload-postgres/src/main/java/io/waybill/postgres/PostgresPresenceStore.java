package io.waybill.postgres;

import io.waybill.core.device.PresenceStore;
import java.time.Instant;
import java.util.UUID;

/** What {@code devices} knows of connections. */
final class PostgresPresenceStore implements PresenceStore {
  private final Db db;

  PostgresPresenceStore(Db db) {
    this.db = db;
  }

  private static final Sql BORN =
      Sql.of(
          "devices.born",
          """
          update devices set online = true, connection_id = :connection,
            client_version = coalesce(:client::text, client_version), last_seen_at = greatest(last_seen_at, :at)
          where id = :id and tenant_id = :tenant
          """);

  @Override
  public void born(Birth birth) {
    db.run(
        BORN.with("tenant", birth.tenantId())
            .with("id", birth.deviceId())
            .with("connection", birth.connectionId())
            .with("client", birth.clientVersion())
            .with("at", birth.at()));
  }

  private static final Sql GONE =
      Sql.of(
          "devices.gone",
          """
          update devices set online = false, last_seen_at = greatest(last_seen_at, :at)
          where id = :id and tenant_id = :tenant and connection_id = :connection
          """);

  @Override
  public void gone(UUID tenantId, UUID deviceId, String connectionId, Instant at) {
    db.run(
        GONE.with("tenant", tenantId)
            .with("id", deviceId)
            .with("connection", connectionId)
            .with("at", at));
  }

  private static final Sql SEEN =
      Sql.of(
          "devices.seen",
          """
          update devices set last_seen_at = :at
          where id = :id and tenant_id = :tenant and (last_seen_at is null or last_seen_at < :at)
          """);

  @Override
  public void seen(UUID tenantId, UUID deviceId, Instant at) {
    db.run(SEEN.with("tenant", tenantId).with("id", deviceId).with("at", at));
  }
}
