package io.waybill.core;

/**
 * A part of the world did not answer, or does not let us in. Nothing is lost: intents are
 * committed, and the same call can be repeated. Transports answer {@link #code()} with {@link
 * #retryAfterSeconds()}.
 */
public abstract sealed class Outage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final long retryAfterSeconds;

  private Outage(ErrorCode code, String message, long retryAfterSeconds, Throwable cause) {
    super(message, cause, true, false); // where it happened, its cause knows
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The object store's. */
  public static final class Storage extends Outage {
    private static final long serialVersionUID = 1L;

    private Storage(ErrorCode code, String message, long retryAfterSeconds, Throwable cause) {
      super(code, message, retryAfterSeconds, cause);
    }

    /**
     * Whether storage did answer, and refused us: a wrong or expired key, a missing right, a bucket
     * that is not there. Its operator can mend that at any moment; asking again at once does not.
     */
    public boolean isRefusal() {
      return code() == ErrorCode.STORAGE_REFUSED || code() == ErrorCode.STORAGE_KMS_UNAVAILABLE;
    }
  }

  /** The database's. */
  public static final class Database extends Outage {
    private static final long serialVersionUID = 1L;

    private Database(String message, Throwable cause) {
      super(ErrorCode.DATABASE_UNAVAILABLE, message, 2, cause);
    }
  }

  /** Storage did not answer, or answered 5xx or SlowDown, after the adapter's own retries. */
  public static Storage storage(String message, Throwable cause) {
    return new Storage(ErrorCode.STORAGE_UNAVAILABLE, message, 5, cause);
  }

  /** Storage refuses us, whatever we ask of it. */
  public static Storage storageRefused(String message, Throwable cause) {
    return new Storage(ErrorCode.STORAGE_REFUSED, message, 30, cause);
  }

  /** Storage does not get at the key that an object is to be encrypted with. */
  public static Storage kms(String message, Throwable cause) {
    return new Storage(ErrorCode.STORAGE_KMS_UNAVAILABLE, message, 30, cause);
  }

  /** No connection, or the connection was lost: whether a commit happened may be unknown. */
  public static Database database(String message, Throwable cause) {
    return new Database(message, cause);
  }

  public ErrorCode code() {
    return code;
  }

  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** What went wrong, in one line. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
