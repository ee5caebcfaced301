package io.waybill.core.idempotency;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the record of a key says to a caller that wants to use it.
 *
 * @param <A> the use case's answer
 */
public sealed interface Claim<A> {

  /**
   * The key is the caller's until its lease ends.
   *
   * @param createdId what an unfinished call made under this key (a task, a session); null when
   *     this is the first call
   */
  record Mine<A>(@Nullable UUID createdId) implements Claim<A> {}

  /** The call has had its effect; this was its answer. */
  record Replay<A>(A answer) implements Claim<A> {}

  /** Another call with this key is at work. */
  record InProgress<A>(long retryAfterSeconds) implements Claim<A> {}

  /**
   * The key belongs to a different request.
   *
   * @param usedFor name of the use case that that request asked for
   */
  record Different<A>(String usedFor) implements Claim<A> {}
}
