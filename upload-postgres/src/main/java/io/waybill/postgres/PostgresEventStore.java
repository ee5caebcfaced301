package io.waybill.postgres;

import io.waybill.core.event.EventStore;
import io.waybill.core.event.Facts;

/** {@code upload_events}, {@code audit_events} and {@code outbox_events}, as they are written. */
final class PostgresEventStore implements EventStore {
  private final Db db;
  private final Written written;

  PostgresEventStore(Db db, Written written) {
    this.db = db;
    this.written = written;
  }

  private static final Sql APPEND =
      Sql.of("events.append", "with " + FactRows.INSERTS + " select 1");

  // Of URLs that are issued nothing but the timeline tells: the server makes no other table ready.
  private static final Sql APPEND_TO_TIMELINE =
      Sql.of("events.append_to_timeline", "with " + FactRows.TIMELINE_INSERT + " select 1");

  @Override
  public void append(Facts facts) {
    written.add(facts);
    boolean isTimeline = facts.audit().isEmpty() && facts.outbox().isEmpty();
    Sql sql = isTimeline ? APPEND_TO_TIMELINE : APPEND;
    db.one(FactRows.of(facts).bind(sql.call()), row -> row);
  }
}
