package io.waybill.core.idempotency;

import io.waybill.core.upload.Answer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the record of a key says to a caller that wants to use it. */
public sealed interface Claim {

  /**
   * The key is the caller's until its lease ends.
   *
   * @param createdId what an unfinished call made under this key (a task, a session); null when
   *     this is the first call
   */
  record Mine(@Nullable UUID createdId) implements Claim {}

  /** The call has had its effect; this was its answer. */
  record Replay(Answer answer) implements Claim {}

  /** Another call with this key is at work. */
  record InProgress(long retryAfterSeconds) implements Claim {}

  /**
   * The key belongs to a different request.
   *
   * @param usedFor what that request asked for
   */
  record Different(UseCase usedFor) implements Claim {}
}
