package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import io.waybill.core.delivery.StreamStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code outbox_events}, as those read it who follow it. */
final class PostgresStreamStore implements StreamStore {
  private final Db db;

  PostgresStreamStore(Db db) {
    this.db = db;
  }

  /**
   * One row: an event that was looked at, or none.
   *
   * @param settled the oldest running transaction: nothing from it on was looked at
   */
  private record Line(
      long settled, boolean isHeldBack, @Nullable Place place, @Nullable Placed wanted) {}

  private static final Sql END =
      Sql.of("stream.end", "select pg_snapshot_xmin(pg_current_snapshot())::text as settled");

  @Override
  public Place end() {
    return db.one(END.call(), row -> new Place(Long.parseLong(row.text("settled")), 0))
        .orElseThrow();
  }

  // Of events that nobody wants only their places are read.
  private static final Sql AFTER =
      Sql.of(
          "stream.after",
          """
          select s.settled::text as settled, s.is_held_back, e.xid::text as xid, e.position, e.is_wanted,
            e.event_id, e.tenant_id, e.project_id, e.aggregate_type, e.aggregate_id, e.sequence, e.type,
            e.occurred_at, case when e.is_wanted then e.payload end as payload
          from (
            select pg_snapshot_xmin(pg_current_snapshot()) as settled, exists (
              select from outbox_events h where h.xid >= pg_snapshot_xmin(pg_current_snapshot())) as is_held_back
          ) s
          left join lateral (
            select o.xid, o.position, o.id as event_id, o.tenant_id, o.project_id, o.aggregate_type, o.aggregate_id,
              o.sequence, o.type, o.occurred_at, o.payload,
              coalesce(o.project_id = any(:projects::uuid[]), false) as is_wanted
            from outbox_events o
            where (o.xid, o.position) > (:xid::xid8, :position::bigint)
              and o.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by o.xid, o.position limit :limit
          ) e on true
          order by e.xid, e.position
          """);

  @Override
  public Stretch after(Place place, Set<UUID> projects, int limit) {
    return stretch(
        db.all(
            AFTER
                .with(
                    "projects",
                    projects.stream().map(UUID::toString).collect(joining(",", "{", "}")))
                .with("xid", Long.toString(place.xid()))
                .with("position", place.position())
                .with("limit", limit),
            PostgresStreamStore::line),
        limit);
  }

  private static final Sql OF_PROJECT =
      Sql.of(
          "stream.of_project",
          """
          select s.settled::text as settled, false as is_held_back, e.xid::text as xid, e.position,
            true as is_wanted, e.event_id, e.tenant_id, e.project_id, e.aggregate_type, e.aggregate_id, e.sequence,
            e.type, e.occurred_at, e.payload
          from (select pg_snapshot_xmin(pg_current_snapshot()) as settled) s
          left join lateral (
            select o.xid, o.position, o.id as event_id, o.tenant_id, o.project_id, o.aggregate_type, o.aggregate_id,
              o.sequence, o.type, o.occurred_at, o.payload
            from outbox_events o
            where o.tenant_id = :tenant::uuid and o.project_id = :project::uuid
              and (o.xid, o.position) > (:xid::xid8, :position::bigint)
              and o.xid < pg_snapshot_xmin(pg_current_snapshot())
            order by o.xid, o.position limit :limit
          ) e on true
          order by e.xid, e.position
          """);

  @Override
  public Stretch ofProject(UUID tenantId, UUID projectId, Place place, int limit) {
    return stretch(
        db.all(
            OF_PROJECT
                .with("tenant", tenantId)
                .with("project", projectId)
                .with("xid", Long.toString(place.xid()))
                .with("position", place.position())
                .with("limit", limit),
            PostgresStreamStore::line),
        limit);
  }

  private static Line line(Row row) {
    long settled = Long.parseLong(row.text("settled"));
    String xid = row.textOrNull("xid");
    if (xid == null) {
      return new Line(settled, row.flag("is_held_back"), null, null);
    }
    Place place = new Place(Long.parseLong(xid), row.number("position"));
    return new Line(
        settled,
        row.flag("is_held_back"),
        place,
        row.flag("is_wanted") ? new Placed(place, DeliveryRows.event(row)) : null);
  }

  private static Stretch stretch(List<Line> lines, int limit) {
    Line last = lines.getLast();
    boolean hasMore = last.place() != null && lines.size() == limit;
    return new Stretch(
        lines.stream().map(Line::wanted).filter(Objects::nonNull).toList(),
        hasMore ? Objects.requireNonNull(last.place()) : new Place(last.settled(), 0),
        hasMore,
        last.isHeldBack());
  }
}
