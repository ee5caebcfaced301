package io.waybill.postgres;

import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionClaims;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Claims and leases: columns of {@code upload_sessions} that are no part of a state. */
final class PostgresSessionClaims implements SessionClaims {
  private final Db db;

  PostgresSessionClaims(Db db) {
    this.db = db;
  }

  private static final Sql DUE =
      PostgresSessionStore.sql(
          "sessions.claim_due",
          """
          with due as materialized (
            select id from upload_sessions
            where due_at <= :now and (claimed_until is null or claimed_until <= :now)
            order by due_at limit :limit for update skip locked
          ), claimed as (
            update upload_sessions s set claimed_until = :until from due where s.id = due.id
            returning s.*
          )
          select {columns} from claimed s order by s.due_at, s.id
          """);

  @Override
  public List<Session> due(Instant now, Instant leaseUntil, int limit) {
    return db.all(
        DUE.with("now", now).with("until", leaseUntil).with("limit", limit), SessionRows::session);
  }

  private static final Sql RENEW =
      Sql.of(
          "sessions.renew",
          """
          update upload_sessions set lease_until = :until, due_at = due_at + (:until - lease_until)
          where id = :id and status = 'COMPLETING' and attempt = :attempt
          """);

  @Override
  public boolean renew(UUID sessionId, int attempt, Instant leaseUntil) {
    return db.run(RENEW.with("id", sessionId).with("attempt", attempt).with("until", leaseUntil))
        == 1;
  }

  private static final Sql KEEP =
      Sql.of(
          "sessions.keep_claim",
          """
          update upload_sessions set claimed_until = :until
          where id = :id and version = :version and claimed_until is not null
          """);

  @Override
  public boolean keep(UUID sessionId, long version, Instant until) {
    return db.run(KEEP.with("id", sessionId).with("version", version).with("until", until)) == 1;
  }
}
