package io.waybill.postgres;

import io.waybill.core.upload.SessionCensus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.StandingStill;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Counts along the index of what is due, which ended sessions have left. */
record PostgresCensus(Db db) implements SessionCensus {
  private static final Sql UNFINISHED =
      Sql.of(
          "census.unfinished",
          """
          select status, count(*) as sessions from (
            select status from upload_sessions where due_at is not null order by due_at limit :most) s
          group by status
          """);

  private static final Sql STANDING_STILL =
      Sql.of(
          "census.standing_still",
          """
          select kind, count(*) as sessions from (
            select case
              when status = 'INITIATING' and copy_source is not null
                then case when updated_at < :since then 'COPYING' end
              when status = 'INITIATING' and created_at < :since then 'INITIATING'
              when status = 'COMPLETING' and (updated_at < :since or attempt >= 20) then 'COMPLETING'
              when status = 'ABORTING' and updated_at < :since then 'ABORTING'
              when status in ('INITIATED', 'UPLOADING', 'PAUSED') and created_at < :made_before then 'NEAR_PURGE'
              end as kind
            from (
              select status, created_at, updated_at, attempt, copy_source from upload_sessions
              where due_at is not null order by due_at limit :most) s) k
          where kind is not null group by kind
          """);

  private record Still(StandingStill kind, int sessions) {}

  @Override
  public Map<StandingStill, Integer> standingStill(Instant since, Instant madeBefore, int most) {
    Map<StandingStill, Integer> counts = new EnumMap<>(StandingStill.class);
    db.all(
            STANDING_STILL.with("since", since).with("made_before", madeBefore).with("most", most),
            row -> new Still(row.symbol("kind", StandingStill.class), row.count("sessions")))
        .forEach(count -> counts.put(count.kind(), count.sessions()));
    return counts;
  }

  private static final Sql WAITING =
      Sql.of(
          "census.waiting",
          """
          select 'DELIVERY' as kind, count(*) filter (where d.occurred_at < :since) as sessions
          from (select occurred_at from outbox_cursors c cross join lateral (
            select occurred_at from outbox_deliveries
            where sink = c.sink and status = 'PENDING' order by next_attempt_at limit :most) one) d
          union all
          select 'VALIDATION', count(*) filter (where d.updated_at < :since)
          from (select updated_at from datasets
            where status in ('PROCESSING', 'READY', 'ARCHIVED') and validation_status in ('PENDING', 'RUNNING')
            order by validation_due_at nulls first limit :most) d
          union all
          select 'PURGE', count(*) filter (where d.purge_requested_at < :since)
          from (select purge_requested_at from datasets
            where purge_due_at is not null order by purge_due_at limit :most) d
          """);

  @Override
  public Map<StandingStill, Integer> waiting(Instant since, int most) {
    Map<StandingStill, Integer> counts = new EnumMap<>(StandingStill.class);
    db.all(
            WAITING.with("since", since).with("most", most),
            row -> new Still(row.symbol("kind", StandingStill.class), row.count("sessions")))
        .forEach(count -> counts.put(count.kind(), count.sessions()));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private record Count(SessionStatus status, int sessions) {}

  @Override
  public Map<SessionStatus, Integer> unfinished(int most) {
    Map<SessionStatus, Integer> counts = new EnumMap<>(SessionStatus.class);
    db.all(
            UNFINISHED.with("most", most),
            row -> new Count(row.symbol("status", SessionStatus.class), row.count("sessions")))
        .forEach(count -> counts.put(count.status(), count.sessions()));
    return counts;
  }
}
