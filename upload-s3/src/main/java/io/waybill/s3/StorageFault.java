package io.waybill.s3;

import io.waybill.core.port.Outage;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** An answer of a store that is no success, or no answer, and what it means. */
final class StorageFault extends RuntimeException {

  /** What a caller can conclude. */
  enum Kind {
    /** A definite no, in S3's own words: repeating the same request gives the same answer. */
    REFUSED,
    /** The upload was completed, aborted, purged or never made. */
    NO_SUCH_UPLOAD,
    /** 404 without a word, or NoSuchKey. */
    NOT_FOUND,
    /** The store asks for fewer requests. */
    SLOW_DOWN,
    /** The store is in trouble, or something that is not the store answered. */
    UNAVAILABLE,
    /** No connection, a broken one, no answer in time, or an answer that is not S3. */
    UNREACHABLE,
    /**
     * Its certificate is not one that we trust: only people mend that, on one side or the other.
     */
    UNTRUSTED
  }

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MESSAGE = 200;

  private static final Set<String> SLOW_DOWN_CODES =
      Set.of(
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite",
          "ServiceUnavailable",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "RequestLimitExceeded");

  /** 4xx answers that the same request may not get a moment, or a corrected clock, later. */
  private static final Set<String> PASSING_CODES =
      Set.of(
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "OperationAborted",
          "ConditionalRequestConflict",
          "ExpiredToken");

  private final Kind kind;
  private final String storageCode;

  private StorageFault(Kind kind, String storageCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.storageCode = storageCode;
  }

  /** What came of a request that had no answer. */
  static StorageFault of(Throwable thrown) {
    Throwable distrust = distrust(thrown);
    if (distrust != null) {
      return new StorageFault(
          Kind.UNTRUSTED,
          "Untrusted",
          "its certificate is not trusted (%s); WAYBILL_CA_FILE can name its authority"
              .formatted(brief(distrust.getMessage())),
          null);
    }
    return switch (thrown) {
      case StorageFault fault -> fault;
      case TimeoutException late ->
          new StorageFault(Kind.UNREACHABLE, "Timeout", "no answer in time", late);
      case ConnectionRequestTimeoutException late ->
          new StorageFault(Kind.SLOW_DOWN, "Busy", "all connections to storage are at work", late);
      case SSLException unequal when !(unequal.getCause() instanceof IOException) ->
          new StorageFault(
              Kind.UNTRUSTED, "NoTls", "no TLS to agree on: " + brief(unequal.getMessage()), null);
      case InterruptedException stop ->
          new StorageFault(Kind.UNREACHABLE, "Interrupted", "this process is stopping", stop);
      default -> new StorageFault(Kind.UNREACHABLE, "NoAnswer", brief(thrown.getMessage()), thrown);
    };
  }

  /** The reason for which a peer's certificate was turned down, if that is what happened. */
  private static @Nullable Throwable distrust(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof CertificateException
          || t instanceof CertPathBuilderException
          || t instanceof SSLPeerUnverifiedException) {
        return t;
      }
    }
    return null;
  }

  /**
   * An answer that is no success.
   *
   * @param code the store's own; null where its answer has none
   */
  static StorageFault answered(int status, @Nullable String code, @Nullable String message) {
    String known = Objects.requireNonNullElse(code, "");
    return new StorageFault(
        kind(status, known), known.isEmpty() ? "HTTP " + status : known, brief(message), null);
  }

  /** A success by its status, but not by what it says. */
  static StorageFault nonsense(String what) {
    return nonsense(what, null);
  }

  /** The same, with what came of reading it. */
  static StorageFault nonsense(String what, @Nullable Throwable cause) {
    return new StorageFault(Kind.UNAVAILABLE, "Nonsense", what, cause);
  }

  /** A storage policy names a store that this process was not told about. */
  static StorageFault unconfigured(String endpointRef) {
    return new StorageFault(
        Kind.UNAVAILABLE, "Unconfigured", "no endpoint is named " + endpointRef, null);
  }

  private static Kind kind(int status, String code) {
    boolean clientError = status >= 400 && status < 500;
    if (code.equals("NoSuchUpload")) {
      return Kind.NO_SUCH_UPLOAD;
    } else if (status == 429 || status == 503 || SLOW_DOWN_CODES.contains(code)) {
      return Kind.SLOW_DOWN;
    } else if (status == 404 && (code.isEmpty() || code.equals("NoSuchKey"))) {
      return Kind.NOT_FOUND;
    } else if (!clientError || code.isEmpty() || PASSING_CODES.contains(code)) {
      return Kind.UNAVAILABLE;
    } else {
      return Kind.REFUSED;
    }
  }

  Kind kind() {
    return kind;
  }

  /** The store's own error code, or what we call its absence. */
  String storageCode() {
    return storageCode;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  Outage outage(String operation) {
    return Outage.storage("storage, " + operation + ": " + what(), this);
  }

  /** Code and message in one line. */
  String what() {
    return message().isEmpty() ? storageCode : storageCode + ": " + message();
  }

  /** A store's message, fit for a log line and a row: short, and without any URL's query. */
  private static String brief(@Nullable String message) {
    if (message == null) {
      return "";
    }
    String oneLine = message.replaceAll("\\?\\S*", "").replaceAll("\\s+", " ").strip();
    return oneLine.substring(0, Math.min(LONGEST_MESSAGE, oneLine.length()));
  }
}
