package io.waybill.core.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * How a state-changing call wants to be remembered.
 *
 * @param key the client's idempotency key, else its request id; null remembers nothing (HTTP
 *     without the header)
 * @param keyIsRequestId such records live one hour instead of 48
 * @param reply null when nobody but the caller can use the answer
 * @param committed called once, after the commit that makes our death harmless: from then on a
 *     repeated call or a worker finishes what this one began
 * @param replayed called when the answer is that of an earlier call with this key
 */
public record Intent(
    @Nullable String key,
    boolean keyIsRequestId,
    @Nullable ReplyAddress reply,
    Runnable committed,
    Runnable replayed) {

  /** A call that is not remembered and has nobody to tell. */
  public static final Intent NONE = new Intent(null, false, null, () -> {});

  /** A call whose caller does not mark repeated answers. */
  public Intent(
      @Nullable String key,
      boolean keyIsRequestId,
      @Nullable ReplyAddress reply,
      Runnable committed) {
    this(key, keyIsRequestId, reply, committed, () -> {});
  }

  public static Intent keyed(String key) {
    return new Intent(key, false, null, () -> {});
  }

  /** The same, telling this one that its answer is an earlier call's. */
  public Intent telling(Runnable whenReplayed) {
    return new Intent(key, keyIsRequestId, reply, committed, whenReplayed);
  }
}
