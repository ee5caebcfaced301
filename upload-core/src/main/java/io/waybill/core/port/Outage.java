package io.waybill.core.port;

import io.waybill.core.ErrorCode;

/**
 * A part of the world did not answer. Nothing is lost: intents are committed, and the same call can
 * be repeated. Transports answer {@link #code()} with {@link #retryAfterSeconds()}.
 */
public final class Outage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final long retryAfterSeconds;

  private Outage(ErrorCode code, String message, long retryAfterSeconds, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Storage did not answer, or answered 5xx or SlowDown, after the adapter's own retries. */
  public static Outage storage(String message, Throwable cause) {
    return new Outage(ErrorCode.STORAGE_UNAVAILABLE, message, 5, cause);
  }

  /** No connection, or the connection was lost: whether a commit happened may be unknown. */
  public static Outage database(String message, Throwable cause) {
    return new Outage(ErrorCode.DATABASE_UNAVAILABLE, message, 2, cause);
  }

  public ErrorCode code() {
    return code;
  }

  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
