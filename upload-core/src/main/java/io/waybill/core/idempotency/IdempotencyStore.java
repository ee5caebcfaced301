package io.waybill.core.idempotency;

import java.time.Instant;
import java.util.List;

/** Records of keys. A record exists only from the commit of the transaction that claimed it. */
public interface IdempotencyStore {

  /**
   * Inserts the record, or takes it over when its lease has ended or it has expired, or says why
   * not. A concurrent claim of the same key waits for the other transaction. Common case: one
   * statement.
   */
  <A> Claim<A> claim(ClaimRequest<A> request);

  /**
   * The effect is committed: remembers what is kept of the answer and ends the lease. The first
   * answer stays: a caller that was slower than whoever took its key over changes nothing.
   */
  <A> void remember(Scope scope, Remembered<A> useCase, A answer, Instant now);

  /**
   * The call that claimed until {@code leaseUntil} could not be finished now: ends its lease, so
   * that the next one takes over at once. A claim that somebody else has taken over meanwhile stays
   * theirs.
   */
  void release(Scope scope, Instant leaseUntil, Instant now);

  /**
   * The call had no effect: forgets the record, and the key is free for any request. A record with
   * an answer stays: somebody else with this key had an effect.
   */
  void discard(Scope scope);

  /**
   * Records with a reply address that are unanswered and whose lease has ended, claimed for this
   * caller until {@code leaseUntil}. Not those that have expired: walked again, such a request
   * would be a new one, and make another task. It is the answer that is claimed, not the key: the
   * caller walks the request again, and claims the key on its way.
   */
  List<Unanswered> claimUnanswered(Instant now, Instant leaseUntil, int limit);

  /** The reply has been handed over. */
  void answered(Scope scope, Instant now);

  /** Deletes expired records, at most {@code limit}; returns how many. */
  int forget(Instant now, int limit);
}
