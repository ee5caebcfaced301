package io.waybill.postgres;

import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommandQueue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code device_commands} that are still told: small parts of it, each with its index. */
final class PostgresDeviceCommandQueue implements DeviceCommandQueue {
  private final Db db;

  PostgresDeviceCommandQueue(Db db) {
    this.db = db;
  }

  // What comes first of its device is one look into an index of what is open. A row that another
  // one has claimed meanwhile is looked at anew, and is not due any more.
  private static final Sql CLAIM =
      DeviceCommandRows.sql(
          "device_commands.claim",
          """
          with due as (
            select c.id from device_commands c
            where c.status in ('PENDING', 'SENT') and c.due_at <= :now and c.expires_at > :now
              and coalesce((select b.id from device_commands b where b.tenant_id = c.tenant_id
                and b.device_id = c.device_id and b.status in ('PENDING', 'SENT') and b.is_untold
                and b.expires_at > :now order by b.id limit 1), c.id) >= c.id
            order by c.due_at limit :limit
            for update of c skip locked
          ), claimed as (
            update device_commands c set due_at = :until, claim = c.claim + 1, is_untold = true
            from due where c.id = due.id
            returning c.*
          )
          select {columns}, c.claim from claimed c
          join devices d on d.tenant_id = c.tenant_id and d.id = c.device_id and d.status in ('PENDING', 'ACTIVE')
          join tenants t on t.id = c.tenant_id and t.status = 'ACTIVE'
          order by c.id
          """);

  @Override
  public List<Claimed> claim(Instant now, Instant until, int limit) {
    return db.all(
        CLAIM.with("now", now).with("until", until).with("limit", limit),
        row -> new Claimed(DeviceCommandRows.command(row), row.number("claim")));
  }

  private static final Sql SETTLE =
      Sql.of(
          "device_commands.settle",
          """
          with settled as (
            update device_commands c set
              attempts = c.attempts + s.tried,
              is_untold = not s.is_told,
              due_at = s.due_at,
              sent_at = case when s.is_told then coalesce(c.sent_at, :now::timestamptz) else c.sent_at end,
              version = c.version + (case when s.is_told and c.status = 'PENDING' then 1 else 0 end),
              updated_at = case when s.is_told and c.status = 'PENDING' then :now::timestamptz else c.updated_at end,
              status = case when s.is_told then 'SENT' else c.status end
            from jsonb_to_recordset(:outcomes::jsonb) as s(id uuid, claim bigint, is_told boolean, tried integer,
              due_at timestamptz)
            where c.id = s.id and c.claim = s.claim and c.status in ('PENDING', 'SENT')
            returning c.id, c.tenant_id, c.device_id, c.is_untold, c.due_at
          ), held_up as (
            update device_commands c set due_at = s.due_at
            from settled s
            where s.is_untold and c.tenant_id = s.tenant_id and c.device_id = s.device_id and c.id > s.id
              and c.status in ('PENDING', 'SENT') and c.due_at < s.due_at
              and not exists (select from settled o where o.id = c.id)
            returning c.id
          )
          select count(*) as settled from settled
          """);

  @Override
  public int settle(List<Settled> outcomes, Instant now) {
    List<Map<String, Object>> rows =
        outcomes.stream().map(PostgresDeviceCommandQueue::row).toList();
    return db.one(
            SETTLE.with("outcomes", Json.write(rows)).with("now", now), row -> row.count("settled"))
        .orElseThrow();
  }

  private static Map<String, Object> row(Settled outcome) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", outcome.claimed().command().commandId());
    row.put("claim", outcome.claimed().claim());
    row.put("is_told", outcome.isTold());
    row.put("tried", outcome.isTried() ? 1 : 0);
    row.put("due_at", outcome.dueAt());
    return row;
  }

  // Locked in their order: who settles some of them at this moment does not wait in a ring.
  private static final Sql TELL_AGAIN =
      Sql.of(
          "device_commands.tell_again",
          """
          with again as (
            select c.id from device_commands c
            where c.tenant_id = :tenant and c.device_id = :device and c.status in ('PENDING', 'SENT')
            order by c.id for update
          )
          update device_commands c set is_untold = true, due_at = :now, claim = c.claim + 1
          from again where c.id = again.id
          """);

  @Override
  public int tellAgain(UUID tenantId, UUID deviceId, Instant now) {
    return Math.toIntExact(
        db.run(TELL_AGAIN.with("tenant", tenantId).with("device", deviceId).with("now", now)));
  }

  private static final Sql EXPIRE =
      DeviceCommandRows.sql(
          "device_commands.expire",
          """
          with over as (
            select c.id from device_commands c
            where c.status in ('PENDING', 'SENT') and c.expires_at <= :now
            order by c.expires_at limit :limit
            for update skip locked
          )
          update device_commands c set status = 'EXPIRED', is_untold = false, finished_at = :now::timestamptz,
            updated_at = :now::timestamptz, version = c.version + 1
          from over where c.id = over.id
          returning {columns}
          """);

  @Override
  public List<DeviceCommand> expire(Instant now, int limit) {
    return db.all(EXPIRE.with("now", now).with("limit", limit), DeviceCommandRows::command);
  }
}
