package io.waybill.core.idempotency.usecase;

import io.waybill.core.idempotency.IdempotencyStores;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Requests whose answers are still owed, and those that may be forgotten. */
public final class RememberedRequests {

  /**
   * How long an unanswered request is left alone after its lease has ended: to the gateway that is
   * just publishing its answer, or to the one that has claimed it to walk it again. That one claims
   * the key for itself, so claiming the answer must not keep the key from it.
   */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Ports<? extends IdempotencyStores> ports;

  public RememberedRequests(Ports<? extends IdempotencyStores> ports) {
    this.ports = ports;
  }

  /** Requests that nobody has answered and whose first caller is gone, claimed for this one. */
  public List<Unanswered> unanswered(int limit) {
    Instant now = ports.now();
    return ports.work().read(tx -> tx.idempotency().claimUnanswered(now.minus(GRACE), now, limit));
  }

  /** The answer has been handed to the broker. */
  public void answered(Scope scope) {
    Instant now = ports.now();
    ports
        .work()
        .read(tx -> {
          tx.idempotency().answered(scope, now);
          return scope;
        });
  }

  /** Deletes what has expired; returns how many records that were. */
  public int forget(int limit) {
    Instant now = ports.now();
    return ports.work().read(tx -> tx.idempotency().forget(now, limit));
  }
}
