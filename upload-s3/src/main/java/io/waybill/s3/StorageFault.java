package io.waybill.s3;

import io.waybill.core.Outage;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** An answer of a store that is no success, or no answer, and what it means. */
final class StorageFault extends RuntimeException {

  /**
   * What a caller can conclude. Three small sets of S3's words are definite; everything else that
   * is no success is unknown, whatever its status.
   */
  enum Kind {
    /** A no to what is asked for, whoever asks and whenever. */
    REFUSED,
    /** A no to us: a key, a right, a bucket, our clock. Its operator mends it. */
    DENIED,
    /** The same without a word of S3's: it need not be the store that says so. */
    FORBIDDEN,
    /** The parts are not those that were listed, or their bytes have another sum than is said. */
    PARTS_CHANGED,
    /** A part that is not the last is smaller than the store takes. */
    PART_TOO_SMALL,
    /** The upload was completed, aborted, purged or never made. */
    NO_SUCH_UPLOAD,
    /** 404 without a word, or NoSuchKey. */
    NOT_FOUND,
    /** The store asks for fewer requests. */
    SLOW_DOWN,
    /** The store is in trouble, or something that is not the store answered. */
    UNAVAILABLE,
    /** A success by its status, but without what it must have: asked again, it would be again. */
    NONSENSE,
    /** No connection, a broken one, no answer in time, or an answer that is not S3. */
    UNREACHABLE,
    /**
     * Its certificate is not one that we trust: only people mend that, on one side or the other.
     */
    UNTRUSTED
  }

  private static final long serialVersionUID = 1L;
  private static final int LONGEST_MESSAGE = 200;

  private static final String KMS = "KMS.";

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

  private static final Set<String> OBJECT_REFUSALS =
      Set.of(
          "KeyTooLongError",
          "EntityTooLarge",
          "MetadataTooLarge",
          "XMinioInvalidObjectName",
          "XMinioObjectExistsAsDirectory",
          "XMinioParentIsObject");

  /** A rotated key, a policy, a bucket, a region, a bill, a clock: none of it is the upload's. */
  private static final Set<String> DENIALS =
      Set.of(
          "AccessDenied",
          "AccountProblem",
          "AllAccessDisabled",
          "AuthorizationHeaderMalformed",
          "ExpiredToken",
          "InvalidAccessKeyId",
          "InvalidBucketName",
          "InvalidSecurity",
          "InvalidToken",
          "NoSuchBucket",
          "NotSignedUp",
          "PermanentRedirect",
          "RequestTimeTooSkewed",
          "SignatureDoesNotMatch",
          "TemporaryRedirect",
          "TokenRefreshRequired",
          "UnauthorizedAccess");

  private final Kind kind;
  private final String storageCode;

  private StorageFault(Kind kind, String storageCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.storageCode = storageCode;
  }

  /** What came of a request that had no answer. */
  static StorageFault of(Throwable thrown) {
    String distrust = Distrust.in(thrown);
    if (distrust != null) {
      return new StorageFault(Kind.UNTRUSTED, "Untrusted", brief(distrust), null);
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
    return new StorageFault(Kind.NONSENSE, "Nonsense", what, cause);
  }

  /** A storage policy names a store that this process was not told about. */
  static StorageFault unconfigured(String endpointRef) {
    return new StorageFault(
        Kind.UNAVAILABLE, "Unconfigured", "no endpoint is named " + endpointRef, null);
  }

  /** The word counts, not the status: some stores find their errors after they have said 200. */
  private static Kind kind(int status, String code) {
    return switch (code) {
      case "NoSuchUpload" -> Kind.NO_SUCH_UPLOAD;
      case "InvalidPart", "InvalidPartOrder", "BadDigest", "XAmzContentChecksumMismatch" ->
          Kind.PARTS_CHANGED;
      case "EntityTooSmall" -> Kind.PART_TOO_SMALL;
      case "NoSuchKey", "NoSuchVersion" -> Kind.NOT_FOUND;
      case "" -> wordless(status);
      default -> {
        if (DENIALS.contains(code) || code.startsWith(KMS)) {
          yield Kind.DENIED;
        }
        if (OBJECT_REFUSALS.contains(code)) {
          yield Kind.REFUSED;
        }
        yield isSlowDown(status) || SLOW_DOWN_CODES.contains(code)
            ? Kind.SLOW_DOWN
            : Kind.UNAVAILABLE;
      }
    };
  }

  private static Kind wordless(int status) {
    return switch (status) {
      case 401, 403 -> Kind.FORBIDDEN;
      case 404 -> Kind.NOT_FOUND;
      default -> isSlowDown(status) ? Kind.SLOW_DOWN : Kind.UNAVAILABLE;
    };
  }

  private static boolean isSlowDown(int status) {
    return status == 429 || status == 503;
  }

  Kind kind() {
    return kind;
  }

  /**
   * Whether a call on an upload found none. Ceph's gateway says NoSuchKey of an upload that is
   * complete or was never made; a 404 without a word can come from anything on the way.
   */
  boolean isOfUnknownUpload() {
    return kind == Kind.NO_SUCH_UPLOAD || storageCode.equals("NoSuchKey");
  }

  /** The store's own error code, or what we call its absence. */
  String storageCode() {
    return storageCode;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  Outage.Storage outage(String operation) {
    String message = "storage, " + operation + ": " + what();
    if (storageCode.startsWith(KMS)) {
      return Outage.kms(message, this);
    }
    return kind == Kind.DENIED || kind == Kind.FORBIDDEN
        ? Outage.storageRefused(message, this)
        : Outage.storage(message, this);
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
