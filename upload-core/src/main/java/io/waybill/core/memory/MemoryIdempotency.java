package io.waybill.core.memory;

import io.waybill.core.idempotency.Claim;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.IdempotencyStore;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.ReplyAddress;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.core.memory.MemoryIdempotency.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

record MemoryIdempotency(MemoryTransaction tx) implements IdempotencyStore {

  static final Table<Scope, KeyRow> KEYS =
      new Table<>(
          "keys",
          Comparator.comparing(Scope::key)
              .thenComparing(Scope::tenantId)
              .thenComparing(Scope::actor));

  /**
   * A key's record; the answer is null while the first call is at work.
   *
   * @param claimedUntil until when the owed answer is some gateway's to give; that gateway walks
   *     the request again, so this is not the lease
   */
  record KeyRow(
      ClaimRequest<?> request,
      Instant leaseUntil,
      @Nullable Object answer,
      @Nullable Instant answeredAt,
      @Nullable Instant claimedUntil) {}

  @Override
  public <A> Claim<A> claim(ClaimRequest<A> wish) {
    KeyRow known = tx.of(KEYS).lock(wish.scope()).orElse(null);
    if (known == null || !wish.now().isBefore(known.request().expiresAt())) {
      tx.of(KEYS).put(wish.scope(), new KeyRow(wish, wish.leaseUntil(), null, null, null));
      return new Claim.Mine<>(null);
    }
    String usedFor = known.request().useCase().name();
    boolean same =
        usedFor.equals(wish.useCase().name())
            && known.request().fingerprint().equals(wish.fingerprint());
    if (!same) {
      return new Claim.Different<>(usedFor);
    }
    if (known.answer() != null) {
      return new Claim.Replay<>(wish.useCase().type().cast(known.answer()));
    }
    if (wish.now().isBefore(known.leaseUntil())) {
      return new Claim.InProgress<>(
          Math.max(1, Duration.between(wish.now(), known.leaseUntil()).toSeconds()));
    }
    tx.of(KEYS).put(wish.scope(), new KeyRow(known.request(), wish.leaseUntil(), null, null, null));
    return new Claim.Mine<>(known.request().creates());
  }

  @Override
  public <A> void remember(Scope scope, Remembered<A> useCase, A answer, Instant now) {
    A kept = useCase.kept().apply(answer);
    tx.of(KEYS)
        .change(
            scope,
            r -> r.answer() != null ? r : new KeyRow(r.request(), now, kept, r.answeredAt(), null));
  }

  @Override
  public void release(Scope scope, Instant leaseUntil, Instant now) {
    tx.of(KEYS)
        .change(
            scope,
            r ->
                r.answer() == null && r.leaseUntil().equals(leaseUntil)
                    ? new KeyRow(r.request(), now, null, r.answeredAt(), null)
                    : r);
  }

  @Override
  public void discard(Scope scope) {
    tx.of(KEYS).change(scope, r -> r.answer() != null ? r : null);
  }

  @Override
  public List<Unanswered> claimUnanswered(Instant now, Instant leaseUntil, int limit) {
    List<Unanswered> claimed = new ArrayList<>();
    for (KeyRow record : List.copyOf(tx.of(KEYS).values())) {
      ReplyAddress reply = record.request().reply();
      if (reply != null && claimed.size() < limit && isOwed(record, now) && isFree(record)) {
        Scope scope = record.request().scope();
        tx.of(KEYS)
            .put(
                scope,
                new KeyRow(
                    record.request(), record.leaseUntil(), record.answer(), null, leaseUntil));
        claimed.add(new Unanswered(scope, reply));
      }
    }
    return claimed;
  }

  private boolean isFree(KeyRow record) {
    return tx.of(KEYS).isFree(record.request().scope());
  }

  private static boolean isOwed(KeyRow record, Instant now) {
    Instant claimed = record.claimedUntil();
    return record.answeredAt() == null
        && !now.isBefore(record.leaseUntil())
        && now.isBefore(record.request().expiresAt())
        && (claimed == null || !now.isBefore(claimed));
  }

  @Override
  public void answered(Scope scope, Instant now) {
    tx.of(KEYS).change(scope, r -> new KeyRow(r.request(), r.leaseUntil(), r.answer(), now, null));
  }

  @Override
  public int forget(Instant now, int limit) {
    List<Scope> expired =
        tx.of(KEYS).values().stream()
            .map(KeyRow::request)
            .filter(request -> !now.isBefore(request.expiresAt()))
            .map(ClaimRequest::scope)
            .filter(scope -> tx.of(KEYS).isFree(scope))
            .limit(limit)
            .toList();
    expired.forEach(tx.of(KEYS)::remove);
    return expired.size();
  }
}
