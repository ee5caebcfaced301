package io.waybill.postgres;

import io.waybill.core.event.EventMonths;

/** Monthly partitions, through functions of the schema's owner: the services have no DDL. */
record PostgresMonths(Db db) implements EventMonths {
  private static final Sql MAKE = Sql.of("months.make_ahead", "select make_event_months() as made");
  private static final Sql DROP =
      Sql.of("months.drop_oldest", "select drop_event_month()::integer as dropped");

  private static final Sql DROP_AUDIT =
      Sql.of("months.drop_oldest_audit", "select drop_audit_month()::integer as dropped");
  private static final Sql DROP_SEALS =
      Sql.of("months.drop_seals", "select drop_audit_seals() as dropped");

  @Override
  public int makeAhead() {
    return db.one(MAKE.call(), row -> row.count("made")).orElseThrow();
  }

  @Override
  public int dropOldest() {
    return db.one(DROP.call(), row -> row.count("dropped")).orElseThrow();
  }

  @Override
  public int dropOldestAudit() {
    return db.one(DROP_AUDIT.call(), row -> row.count("dropped")).orElseThrow();
  }

  @Override
  public int dropSeals() {
    return db.one(DROP_SEALS.call(), row -> row.count("dropped")).orElseThrow();
  }
}
