package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import io.waybill.core.delivery.Backlog;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code outbox_deliveries} and {@code outbox_cursors}. */
final class PostgresDeliveryStore implements DeliveryStore {
  private final Db db;

  PostgresDeliveryStore(Db db) {
    this.db = db;
  }

  @Override
  public Looked fanOut(String sink, Sink.Interest interest, IdSource ids, Instant now, int limit) {
    return new OutboxStream(db).fanOut(sink, interest, ids, now, limit);
  }

  // The commit of this statement does not wait for the disk: what a server that crashes loses of
  // it,
  // the last half second at most, is claimed and told again, and nothing else was promised.
  static final String RELAXED = "(select set_config('synchronous_commit', 'off', true)) = 'off'";

  // What comes first in its aggregate is one look into an index of what is pending, which no plan
  // that was made while the table was empty can turn into a join of all that is pending. A row
  // that another relay has claimed meanwhile is looked at anew, and is not due any more.
  private static final String DUE =
      """
      select d.tenant_id, d.id from outbox_deliveries d
      where d.sink = :sink and d.status = 'PENDING' and d.next_attempt_at <= :now and {whose}
        and d.event_position = (select b.event_position from outbox_deliveries b where b.sink = d.sink
          and b.endpoint = d.endpoint and b.aggregate_id = d.aggregate_id and b.status = 'PENDING'
          order by b.event_position limit 1)
        and not exists (select from outbox_cursors c where c.sink = :sink and c.is_behind)
      order by d.next_attempt_at, d.event_position limit {limit}
      for update of d skip locked
      """;

  private static final String CLAIMED =
      """
      , claimed as (
        update outbox_deliveries d set next_attempt_at = :until, claim = d.claim + 1,
          attempts = least(d.attempts + 1, 12),
          status = (case when d.attempts >= 12 then 'DEAD_LETTERED' else 'PENDING' end)::delivery_status
        from due where d.tenant_id = due.tenant_id and d.id = due.id
        returning d.*
      )
      """
          + DeliveryRows.select("claimed", RELAXED)
          + " order by d.event_position";

  private static final Sql CLAIM =
      Sql.of("outbox.claim", "with due as (" + due("d.endpoint = ''", ":limit") + ")" + CLAIMED);

  // Endpoints are found by hops from one to the next: what one has that is away is never read
  // for another one.
  private static final Sql CLAIM_OF_EACH =
      Sql.of(
          "outbox.claim_of_each",
          """
          with recursive endpoints as (
            (select d.endpoint from outbox_deliveries d
             where d.sink = :sink and d.status = 'PENDING' and d.endpoint <> ''
             order by d.endpoint limit 1)
            union all
            select (select d.endpoint from outbox_deliveries d
              where d.sink = :sink and d.status = 'PENDING' and d.endpoint <> '' and d.endpoint > e.endpoint
              order by d.endpoint limit 1)
            from endpoints e where e.endpoint is not null
          ), due as (
            select n.tenant_id, n.id from endpoints e
            cross join lateral ({due}) n
            where e.endpoint is not null and e.endpoint <> all(:except::text[])
            limit :limit
          )
          """
                  .replace("{due}", due("d.endpoint <> '' and d.endpoint = e.endpoint", ":each"))
              + CLAIMED);

  private static String due(String whose, String limit) {
    return DUE.replace("{whose}", whose).replace("{limit}", limit);
  }

  @Override
  public List<Delivery> claim(Share share, Instant now, Instant until) {
    Sql.Call sql =
        share.isOfEndpoints()
            ? CLAIM_OF_EACH
                .with("each", share.each())
                .with("except", share.except().stream().collect(joining(",", "{", "}")))
            : CLAIM.call();
    return db.all(
        sql.with("sink", share.sink())
            .with("now", now)
            .with("until", until)
            .with("limit", share.limit()),
        DeliveryRows::delivery);
  }

  private static final Sql SETTLE =
      Sql.of(
          "outbox.settle",
          """
          update outbox_deliveries d set status = s.status::delivery_status, attempts = s.attempts,
            next_attempt_at = s.next_attempt_at, delivered_at = s.delivered_at, last_error = s.last_error
          from jsonb_to_recordset(:outcomes::jsonb) as s(tenant_id uuid, id uuid, claim bigint, status text,
            attempts integer, next_attempt_at timestamptz, delivered_at timestamptz, last_error text)
          where d.tenant_id = s.tenant_id and d.id = s.id and d.claim = s.claim and d.status = 'PENDING'
            and {relaxed}
          """
              .replace("{relaxed}", RELAXED));

  @Override
  public int settle(List<Delivery> outcomes) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>(outcomes.size());
    for (Delivery one : outcomes) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("tenant_id", one.event().tenantId());
      row.put("id", one.deliveryId());
      row.put("claim", one.claim());
      row.put("status", one.status());
      row.put("attempts", one.attempts());
      row.put("next_attempt_at", one.nextAttemptAt());
      row.put("delivered_at", one.deliveredAt());
      row.put("last_error", one.lastError());
      rows.add(row);
    }
    return Math.toIntExact(db.run(SETTLE.with("outcomes", Json.write(rows))));
  }

  private static final String OF_TENANT =
      """
      d.tenant_id = :tenant and (:before::uuid is null or d.id < :before) and (:sink::text is null or d.sink = :sink)\
      """;

  private static final Sql LIST = list("outbox.list", OF_TENANT);

  private static final Sql LIST_UNDELIVERED =
      list(
          "outbox.list_undelivered",
          OF_TENANT + " and d.status <> 'DELIVERED' and d.status = :status::delivery_status");

  private static final Sql LIST_DELIVERED =
      list("outbox.list_delivered", OF_TENANT + " and d.status = 'DELIVERED'");

  private static Sql list(String name, String where) {
    return Sql.of(
        name, DeliveryRows.select("outbox_deliveries", where) + " order by d.id desc limit :limit");
  }

  @Override
  public List<Delivery> list(Query query) {
    DeliveryStatus status = query.status();
    Sql sql =
        status == null
            ? LIST
            : status == DeliveryStatus.DELIVERED ? LIST_DELIVERED : LIST_UNDELIVERED;
    return db.all(
        sql.with("tenant", query.tenantId())
            .with("status", status)
            .with("sink", query.sink())
            .with("before", query.before())
            .with("limit", query.limit()),
        DeliveryRows::delivery);
  }

  // What is under way is written with what it has, and so comes back as it is.
  private static final Sql REPLAY =
      Sql.of(
          "outbox.replay",
          """
          with replayed as (
            update outbox_deliveries d set status = 'PENDING', delivered_at = null,
              attempts = case when d.status = 'PENDING' then d.attempts else 0 end,
              claim = case when d.status = 'PENDING' then d.claim else d.claim + 1 end,
              next_attempt_at = case when d.status = 'PENDING' then d.next_attempt_at else :now::timestamptz end
            where d.tenant_id = :tenant and d.id = :id
            returning d.*
          )
          """
              + DeliveryRows.select("replayed", "true"));

  @Override
  public Optional<Delivery> replay(UUID tenantId, UUID deliveryId, Instant now) {
    return db.one(
        REPLAY.with("tenant", tenantId).with("id", deliveryId).with("now", now),
        DeliveryRows::delivery);
  }

  @Override
  public List<Backlog> backlog(int most) {
    return new OutboxStream(db).backlog(most);
  }

  @Override
  public int forget(Instant now, Keeping keeping, int limit) {
    return new OutboxStream(db).forget(now, keeping, limit);
  }
}
