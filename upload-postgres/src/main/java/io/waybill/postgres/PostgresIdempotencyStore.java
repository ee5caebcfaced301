package io.waybill.postgres;

import io.waybill.core.idempotency.Claim;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.IdempotencyStore;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.ReplyAddress;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code idempotency_records}. */
final class PostgresIdempotencyStore implements IdempotencyStore {
  private static final int MAX_TRIES = 5;
  private final Db db;

  PostgresIdempotencyStore(Db db) {
    this.db = db;
  }

  private static Sql.Call of(Scope scope, Sql sql) {
    return sql.with("tenant", scope.tenantId())
        .with("actor", scope.actor())
        .with("key", scope.key());
  }

  // An expired record is as good as none; one whose lease has ended is taken over by the same
  // request, with the
  // task it made and the reply it owes.
  private static final Sql CLAIM =
      Sql.of(
          "idempotency.claim",
          """
          insert into idempotency_records as r (tenant_id, actor, key, use_case, fingerprint, lease_until, expires_at,
            created_id, reply_address, reply_request)
          values (:tenant, :actor, :key, :use_case, :fingerprint, :lease_until, :expires_at, :creates, :address,
            :request)
          on conflict (tenant_id, actor, key) do update set
            use_case = excluded.use_case, fingerprint = excluded.fingerprint, lease_until = excluded.lease_until,
            expires_at = excluded.expires_at, answer = null, remembered_at = null,
            taken_over = r.expires_at > :now,
            created_id = case when r.expires_at > :now then r.created_id else excluded.created_id end,
            reply_address = case when r.expires_at > :now and excluded.reply_address is null
              then r.reply_address else excluded.reply_address end,
            reply_request = case when r.expires_at > :now and excluded.reply_address is null
              then r.reply_request else excluded.reply_request end,
            answered_at = case when r.expires_at > :now and excluded.reply_address is null then r.answered_at end,
            reply_claimed_until = null
          where r.expires_at <= :now
            or (r.answer is null and r.lease_until <= :now
              and r.use_case = excluded.use_case and r.fingerprint = excluded.fingerprint)
          returning case when r.taken_over then r.created_id end as created_id
          """);

  private static final Sql LOOK =
      Sql.of(
          "idempotency.look",
          """
          select use_case, fingerprint, lease_until, answer from idempotency_records
          where tenant_id = :tenant and actor = :actor and key = :key
          """);

  @Override
  public <A> Claim<A> claim(ClaimRequest<A> request) {
    ReplyAddress reply = request.reply();
    Sql.Call claim =
        of(request.scope(), CLAIM)
            .with("use_case", request.useCase().name())
            .with("fingerprint", request.fingerprint())
            .with("lease_until", request.leaseUntil())
            .with("expires_at", request.expiresAt())
            .with("creates", request.creates())
            .with("address", reply == null ? null : reply.address())
            .with("request", reply == null ? null : reply.request())
            .with("now", request.now());
    // Between the two statements the record can be released: then the key is free after all.
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Claim<A>> mine = db.one(claim, row -> new Claim.Mine<>(row.idOrNull("created_id")));
      if (mine.isPresent()) {
        return mine.get();
      }
      Optional<Claim<A>> theirs = db.one(of(request.scope(), LOOK), row -> standing(row, request));
      if (theirs.isPresent()) {
        return theirs.get();
      }
    }
    return new Claim.InProgress<>(1);
  }

  private static <A> Claim<A> standing(Row row, ClaimRequest<A> request) {
    String usedFor = row.text("use_case");
    if (!usedFor.equals(request.useCase().name())
        || !row.text("fingerprint").equals(request.fingerprint())) {
      return new Claim.Different<>(usedFor);
    }
    String answer = row.textOrNull("answer");
    if (answer != null) {
      return new Claim.Replay<>(Json.read(answer, request.useCase().type()));
    }
    Duration left = Duration.between(request.now(), row.time("lease_until"));
    return new Claim.InProgress<>(Math.max(1, left.plusMillis(999).toSeconds()));
  }

  private static final Sql REMEMBER =
      Sql.of(
          "idempotency.remember",
          """
          update idempotency_records set answer = :answer, remembered_at = :now,
            lease_until = least(lease_until, :now)
          where tenant_id = :tenant and actor = :actor and key = :key and answer is null
          """);

  @Override
  public <A> void remember(Scope scope, Remembered<A> useCase, A answer, Instant now) {
    String kept = Json.write(useCase.kept().apply(answer));
    db.run(of(scope, REMEMBER).with("answer", kept).with("now", now));
  }

  private static final Sql RELEASE =
      Sql.of(
          "idempotency.release",
          """
          update idempotency_records set lease_until = least(lease_until, :now)
          where tenant_id = :tenant and actor = :actor and key = :key and answer is null
            and lease_until = :mine
          """);

  @Override
  public void release(Scope scope, Instant leaseUntil, Instant now) {
    db.run(of(scope, RELEASE).with("mine", leaseUntil).with("now", now));
  }

  private static final Sql DISCARD =
      Sql.of(
          "idempotency.discard",
          """
          delete from idempotency_records
          where tenant_id = :tenant and actor = :actor and key = :key and answer is null
          """);

  @Override
  public void discard(Scope scope) {
    db.run(of(scope, DISCARD));
  }

  private static final Sql CLAIM_UNANSWERED =
      Sql.of(
          "idempotency.claim_unanswered",
          """
          with due as materialized (
            select tenant_id, actor, key from idempotency_records
            where reply_address is not null and answered_at is null and lease_until <= :now
              and expires_at > :now
              and (reply_claimed_until is null or reply_claimed_until <= :now)
            order by lease_until limit :limit for update skip locked
          )
          update idempotency_records r set reply_claimed_until = :until
          from due where (r.tenant_id, r.actor, r.key) = (due.tenant_id, due.actor, due.key)
          returning r.tenant_id, r.actor, r.key, r.reply_address, r.reply_request
          """);

  @Override
  public List<Unanswered> claimUnanswered(Instant now, Instant leaseUntil, int limit) {
    return db.all(
        CLAIM_UNANSWERED.with("now", now).with("until", leaseUntil).with("limit", limit),
        row ->
            new Unanswered(
                new Scope(row.id("tenant_id"), row.text("actor"), row.text("key")),
                new ReplyAddress(row.text("reply_address"), row.text("reply_request"))));
  }

  private static final Sql ANSWERED =
      Sql.of(
          "idempotency.answered",
          """
          update idempotency_records set answered_at = :now
          where tenant_id = :tenant and actor = :actor and key = :key and reply_address is not null
          """);

  @Override
  public void answered(Scope scope, Instant now) {
    db.run(of(scope, ANSWERED).with("now", now));
  }

  private static final Sql FORGET =
      Sql.of(
          "idempotency.forget",
          """
          delete from idempotency_records where ctid = any(array(
            select ctid from idempotency_records where expires_at <= :now
            order by expires_at limit :limit for update skip locked))
          """);

  @Override
  public int forget(Instant now, int limit) {
    return Math.toIntExact(db.run(FORGET.with("now", now).with("limit", limit)));
  }
}
