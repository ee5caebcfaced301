package io.waybill.core.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The key under which a state-changing call is remembered, and who hears of it.
 *
 * @param key the client's idempotency key, else its request id; null remembers nothing (HTTP
 *     without the header)
 * @param keyIsRequestId such records live one hour instead of 48
 * @param reply null when nobody but the caller can use the answer
 * @param committed called once, after the commit that makes our death harmless: from then on a
 *     repeated call or a worker finishes what this one began
 * @param replayed called when the answer is that of an earlier call with this key
 */
public record RequestKey(
    @Nullable String key,
    boolean keyIsRequestId,
    @Nullable ReplyAddress reply,
    Runnable committed,
    Runnable replayed) {

  /** A call that is not remembered and has nobody to tell. */
  public static final RequestKey NONE = new RequestKey(null, false, null, () -> {});

  /** A call whose caller does not mark repeated answers. */
  public RequestKey(
      @Nullable String key,
      boolean keyIsRequestId,
      @Nullable ReplyAddress reply,
      Runnable committed) {
    this(key, keyIsRequestId, reply, committed, () -> {});
  }

  public static RequestKey of(String key) {
    return new RequestKey(key, false, null, () -> {});
  }

  /** The same, telling this one that its answer is an earlier call's. */
  public RequestKey telling(Runnable whenReplayed) {
    return new RequestKey(key, keyIsRequestId, reply, committed, whenReplayed);
  }
}
