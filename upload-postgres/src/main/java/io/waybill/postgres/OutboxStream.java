package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import io.waybill.core.delivery.Backlog;
import io.waybill.core.delivery.DeliveryStore.Keeping;
import io.waybill.core.delivery.DeliveryStore.Looked;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code outbox_events}, as sinks look at them, and are done with them. */
final class OutboxStream {
  private final Db db;

  OutboxStream(Db db) {
    this.db = db;
  }

  /**
   * How far a sink has looked.
   *
   * @param isForeign whether no transaction of this server has come so far: it is of another one,
   *     from which the rows were copied
   */
  private record Cursor(String xid, long position, boolean isBehind, boolean isForeign) {}

  /**
   * One event, and the endpoints that want to be told; the sink itself is the empty one. One that
   * is not settled is seen again.
   */
  private record Seen(String xid, long position, List<String> endpoints, boolean isSettled) {}

  /** One delivery to make. */
  private record Wanted(long position, String endpoint) {}

  private static final Sql OPEN =
      Sql.of(
          "outbox.open", "insert into outbox_cursors (sink) values (:sink) on conflict do nothing");

  private static final Sql KNOWS =
      Sql.of("outbox.knows", "select sink from outbox_cursors where sink = :sink");

  // A statement of its own: what comes after it sees everything that an earlier holder has left.
  private static final Sql HOLD =
      Sql.of(
          "outbox.hold",
          """
          select xid::text as xid, position, is_behind, xid >= pg_snapshot_xmax(pg_current_snapshot()) as is_foreign
          from outbox_cursors where sink = :sink
          for update skip locked
          """);

  // What has a delivery gets no second one. The rows that were copied are settled, and come first.
  private static final Sql BEGIN_ANEW =
      Sql.of(
          "outbox.begin_anew",
          """
          with adopted as (
            update outbox_events set xid = '0' where xid >= pg_snapshot_xmax(pg_current_snapshot())
          )
          update outbox_cursors set xid = '0', position = 0, is_behind = true where sink = :sink
          """);

  /** In a database that was copied into another server, the order of transactions begins anew. */
  private Cursor begun(String sink) {
    db.run(BEGIN_ANEW.with("sink", sink));
    return new Cursor("0", 0, true, false);
  }

  // One of those that a running transaction may still come before says that they are there.
  private static final Sql LOOK =
      look(
          "outbox.look",
          """
          case when e.type = any(:types::text[]) and (not :of_devices::boolean or e.aggregate_type = 'device'
            or jsonb_exists(e.payload, 'source_device_id')) then '[""]'::jsonb else '[]'::jsonb end\
          """);

  private static final Sql LOOK_FOR_ENDPOINTS =
      look(
          "outbox.look_for_endpoints",
          """
          to_jsonb(array(select w.id::text from webhook_endpoints w
            where w.tenant_id = e.tenant_id and w.status = 'ENABLED' and (e.type = any(w.event_types)
              or (e.type <> all(:only_by_name::text[])
                and w.event_types && array['*', split_part(e.type, '.', 1) || '.*'])) order by w.id))\
          """);

  private static Sql look(String name, String endpoints) {
    return Sql.of(
        name,
        """
        (select e.xid::text as xid, e.position, {endpoints} as endpoints, true as is_settled
        from outbox_events e
        where (e.xid, e.position) > (:xid::xid8, :position::bigint)
          and e.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xid, e.position limit :limit)
        union all
        (select e.xid::text, e.position, '[]'::jsonb, false from outbox_events e
        where (e.xid, e.position) >= (pg_snapshot_xmin(pg_current_snapshot()), 0::bigint)
        order by e.xid, e.position limit 1)
        """
            .replace("{endpoints}", endpoints));
  }

  private static final Sql MAKE =
      Sql.of(
          "outbox.make",
          """
          with moved as (
            update outbox_cursors set xid = :xid::xid8, position = :position::bigint, is_behind = :behind::boolean
            where sink = :sink
          )
          insert into outbox_deliveries (id, tenant_id, event_position, aggregate_id, occurred_at, sink, endpoint,
            next_attempt_at)
          select n.id, e.tenant_id, e.position, e.aggregate_id, e.occurred_at, :sink, n.endpoint, :now
          from unnest(:ids::uuid[], :positions::bigint[], :endpoints::text[]) n(id, position, endpoint)
          join outbox_events e on e.position = n.position
          where {relaxed}
          on conflict do nothing
          """
              .replace("{relaxed}", PostgresDeliveryStore.RELAXED));

  Looked fanOut(String sink, Sink.Interest interest, IdSource ids, Instant now, int limit) {
    if (db.one(KNOWS.with("sink", sink), row -> row.text("sink")).isEmpty()) {
      db.run(OPEN.with("sink", sink));
    }
    Optional<Cursor> held =
        db.one(
            HOLD.with("sink", sink),
            row ->
                new Cursor(
                    row.text("xid"),
                    row.number("position"),
                    row.flag("is_behind"),
                    row.flag("is_foreign")));
    if (held.isEmpty()) {
      return Looked.NOTHING;
    }
    Cursor cursor = held.get().isForeign() ? begun(sink) : held.get();
    List<Seen> found = look(cursor, interest, limit);
    List<Seen> seen = found.stream().filter(Seen::isSettled).toList();
    if (!seen.isEmpty() || cursor.isBehind()) {
      String xid = seen.isEmpty() ? cursor.xid() : seen.getLast().xid();
      long position = seen.isEmpty() ? cursor.position() : seen.getLast().position();
      make(sink, new Cursor(xid, position, seen.size() == limit, false), wanted(seen), ids, now);
    }
    return new Looked(seen.size(), seen.size() < found.size());
  }

  private List<Seen> look(Cursor after, Sink.Interest interest, int limit) {
    Sql.Call sql =
        switch (interest) {
          case Sink.OfTypes(var types, boolean ofDevices) ->
              LOOK.with("types", array(types.stream())).with("of_devices", ofDevices);
          case Sink.OfEndpoints(var onlyByName) ->
              LOOK_FOR_ENDPOINTS.with("only_by_name", array(onlyByName.stream()));
        };
    return db.all(
        sql.with("xid", after.xid()).with("position", after.position()).with("limit", limit),
        row ->
            new Seen(
                row.text("xid"),
                row.number("position"),
                row.list("endpoints", String.class),
                row.flag("is_settled")));
  }

  /** In the order of positions. */
  private static List<Wanted> wanted(List<Seen> seen) {
    return seen.stream()
        .sorted(Comparator.comparingLong(Seen::position))
        .flatMap(one -> one.endpoints().stream().map(to -> new Wanted(one.position(), to)))
        .toList();
  }

  private void make(String sink, Cursor to, List<Wanted> wanted, IdSource ids, Instant now) {
    Stream<UUID> each = wanted.stream().map(one -> ids.next());
    db.run(
        MAKE.with("sink", sink)
            .with("xid", to.xid())
            .with("position", to.position())
            .with("behind", to.isBehind())
            .with("ids", Sql.array(each.toList()))
            .with("positions", array(wanted.stream().map(one -> String.valueOf(one.position()))))
            .with("endpoints", array(wanted.stream().map(one -> '"' + one.endpoint() + '"')))
            .with("now", now));
  }

  private static String array(Stream<String> values) {
    return values.collect(joining(",", "{", "}"));
  }

  private static final Sql BACKLOG =
      Sql.of(
          "outbox.backlog",
          """
          select c.sink, least(p.number + s.number, :most::bigint) as pending, least(p.oldest, s.oldest) as oldest
          from outbox_cursors c
          cross join lateral (select count(*) as number, min(d.occurred_at) as oldest from (
            select occurred_at from outbox_deliveries
            where sink = c.sink and status = 'PENDING' order by next_attempt_at limit :most) d) p
          cross join lateral (select count(*) as number, min(e.occurred_at) as oldest from (
            select occurred_at from outbox_events
            where (xid, position) > (c.xid, c.position) order by xid, position limit :most) e) s
          order by c.sink
          """);

  List<Backlog> backlog(int most) {
    return db.all(
        BACKLOG.with("most", most),
        row -> new Backlog(row.text("sink"), row.count("pending"), row.timeOrNull("oldest")));
  }

  // What somebody still has to be told keeps its event, and nothing else behind it.
  private static final Sql FORGET =
      Sql.of(
          "outbox.forget",
          """
          with old as (
            select e.position from outbox_events e
            where e.occurred_at < :events::timestamptz
              and not exists (select from outbox_cursors c where (c.xid, c.position) < (e.xid, e.position))
              and not exists (select from outbox_deliveries d where d.event_position = e.position and (
                d.status = 'PENDING' or d.delivered_at > :events::timestamptz
                or (d.status = 'DEAD_LETTERED' and d.next_attempt_at > :dead_letters::timestamptz)))
            order by e.position limit :limit
          ), gone as (
            delete from outbox_deliveries where event_position in (select position from old)
          )
          delete from outbox_events where position in (select position from old)
          """);

  int forget(Instant now, Keeping keeping, int limit) {
    return Math.toIntExact(
        db.run(
            FORGET
                .with("events", now.minus(keeping.events()))
                .with("dead_letters", now.minus(keeping.deadLetters()))
                .with("limit", limit)));
  }
}
