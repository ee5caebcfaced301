package io.waybill.postgres;

import io.waybill.core.upload.SessionCensus;
import io.waybill.core.upload.SessionStatus;
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
