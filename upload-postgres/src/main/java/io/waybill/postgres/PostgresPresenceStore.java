package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import io.waybill.core.device.FleetCount;
import io.waybill.core.device.PresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
          with before as (
            select d.id, d.online from devices d
            where d.tenant_id = :tenant and d.id = :id and d.status <> 'DELETED' for no key update
          )
          update devices d set online = true, connection_id = :connection,
            client_version = coalesce(:client::text, d.client_version), last_seen_at = greatest(d.last_seen_at, :at)
          from before b where d.id = b.id
          returning not b.online as came
          """);

  @Override
  public boolean born(Birth birth) {
    return db.one(
            BORN.with("tenant", birth.tenantId())
                .with("id", birth.deviceId())
                .with("connection", birth.connectionId())
                .with("client", birth.clientVersion())
                .with("at", birth.at()),
            row -> row.flag("came"))
        .orElse(false);
  }

  private static final Sql GONE =
      Sql.of(
          "devices.gone",
          """
          update devices set online = false, last_seen_at = greatest(last_seen_at, :at)
          where tenant_id = :tenant and id = :id and connection_id = :connection and online and status <> 'DELETED'
          """);

  @Override
  public boolean gone(UUID tenantId, UUID deviceId, String connectionId, Instant at) {
    return db.run(
            GONE.with("tenant", tenantId)
                .with("id", deviceId)
                .with("connection", connectionId)
                .with("at", at))
        == 1;
  }

  private static final Sql SEEN =
      Sql.of(
          "devices.seen",
          """
          update devices set last_seen_at = :at
          where tenant_id = :tenant and id = :id and status <> 'DELETED' and (last_seen_at is null or last_seen_at < :at)
          """);

  @Override
  public void seen(UUID tenantId, UUID deviceId, Instant at) {
    db.run(SEEN.with("tenant", tenantId).with("id", deviceId).with("at", at));
  }

  private static final Sql COUNT =
      Sql.of(
          "devices.count",
          """
          with fleet as (
            select d.online, extract(epoch from :now::timestamptz - d.last_seen_at)::float8 as silence
            from devices d where d.status <> 'DELETED'
          )
          select width_bucket(f.silence, :bounds::float8[]) as silent, count(*) filter (where f.online) as online,
            count(f.silence) as heard, coalesce(max(f.silence) * 1000, 0)::bigint as longest_millis
          from fleet f group by 1 order by 1
          """);

  @Override
  public FleetCount count(Instant now) {
    List<Group> groups =
        db.all(COUNT.with("now", now).with("bounds", BOUNDS), PostgresPresenceStore::group);
    return new FleetCount(
        groups.stream().mapToInt(Group::online).sum(),
        groups.stream().map(Group::heard).filter(heard -> heard.devices() > 0).toList());
  }

  private static final String BOUNDS =
      FleetCount.BOUNDS.stream().map(String::valueOf).collect(joining(",", "{", "}"));

  private record Group(int online, FleetCount.Heard heard) {}

  private static Group group(Row row) {
    Duration longest = Duration.ofMillis(row.number("longest_millis"));
    return new Group(row.count("online"), new FleetCount.Heard(row.count("heard"), longest));
  }
}
