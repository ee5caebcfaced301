package io.waybill.core.memory;

import io.waybill.core.idempotency.Claim;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.IdempotencyStore;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.ReplyAddress;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.core.memory.MemoryState.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

record MemoryIdempotency(MemoryState state) implements IdempotencyStore {

  static final Table<Scope, KeyRow> KEYS =
      new Table<>("keys", Comparator.comparing(Scope::toString), UnaryOperator.identity());

  @Override
  public <A> Claim<A> claim(ClaimRequest<A> wish) {
    KeyRow known = state.of(KEYS).get(wish.scope());
    if (known == null || !wish.now().isBefore(known.request().expiresAt())) {
      state.of(KEYS).put(wish.scope(), new KeyRow(wish, wish.leaseUntil(), null, null, null));
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
    state
        .of(KEYS)
        .put(wish.scope(), new KeyRow(known.request(), wish.leaseUntil(), null, null, null));
    return new Claim.Mine<>(known.request().creates());
  }

  @Override
  public <A> void remember(Scope scope, Remembered<A> useCase, A answer, Instant now) {
    A kept = useCase.kept().apply(answer);
    state
        .of(KEYS)
        .computeIfPresent(
            scope,
            (s, r) ->
                r.answer() != null ? r : new KeyRow(r.request(), now, kept, r.answeredAt(), null));
  }

  @Override
  public void release(Scope scope, Instant leaseUntil, Instant now) {
    state
        .of(KEYS)
        .computeIfPresent(
            scope,
            (s, r) ->
                r.answer() == null && r.leaseUntil().equals(leaseUntil)
                    ? new KeyRow(r.request(), now, null, r.answeredAt(), null)
                    : r);
  }

  @Override
  public void discard(Scope scope) {
    state.of(KEYS).computeIfPresent(scope, (s, r) -> r.answer() != null ? r : null);
  }

  @Override
  public List<Unanswered> claimUnanswered(Instant now, Instant leaseUntil, int limit) {
    List<Unanswered> claimed = new ArrayList<>();
    for (KeyRow record : List.copyOf(state.of(KEYS).values())) {
      ReplyAddress reply = record.request().reply();
      if (reply != null && claimed.size() < limit && isOwed(record, now)) {
        Scope scope = record.request().scope();
        state
            .of(KEYS)
            .put(
                scope,
                new KeyRow(
                    record.request(), record.leaseUntil(), record.answer(), null, leaseUntil));
        claimed.add(new Unanswered(scope, reply));
      }
    }
    return claimed;
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
    state
        .of(KEYS)
        .computeIfPresent(
            scope, (s, r) -> new KeyRow(r.request(), r.leaseUntil(), r.answer(), now, null));
  }

  @Override
  public int forget(Instant now, int limit) {
    List<Scope> expired =
        state.of(KEYS).values().stream()
            .map(KeyRow::request)
            .filter(request -> !now.isBefore(request.expiresAt()))
            .map(ClaimRequest::scope)
            .limit(limit)
            .toList();
    expired.forEach(state.of(KEYS)::remove);
    return expired.size();
  }
}
