package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.Upload;
import java.time.Instant;
import java.util.function.Supplier;

/** The refusals that several use cases share, in one wording. */
final class Refusals {

  private Refusals() {}

  /** The command does not fit the state: 410 for EXPIRED, 409 with the state for the others. */
  static <T> Verdict<T> illegal(String command, Session session) {
    SessionStatus status = session.status();
    if (status == SessionStatus.EXPIRED) {
      return Verdict.refused(
          Refusal.of(
                  ErrorCode.UPLOAD_EXPIRED,
                  "the session has expired; extend it while cleanup has not begun, or retry the"
                      + " object")
              .with("session_id", session.upload().sessionId().toString())
              .with("current_status", status.name()));
    }
    return Verdict.refused(
        Refusal.of(
                ErrorCode.UPLOAD_INVALID_STATE,
                "cannot " + command + " a session that is " + status.name())
            .with("session_id", session.upload().sessionId().toString())
            .with("current_status", status.name()));
  }

  /** Somebody else holds the lease on the session's completion. */
  static <T> Verdict<T> completing(Session session, Instant leaseUntil, Instant now) {
    return busy(
        ErrorCode.UPLOAD_COMPLETION_IN_PROGRESS,
        "another call is completing this session",
        session,
        secondsUntil(leaseUntil, now));
  }

  /** Somebody else is aborting the session. */
  static <T> Verdict<T> aborting(Session session, Instant until, Instant now) {
    return busy(
        ErrorCode.UPLOAD_ABORT_IN_PROGRESS,
        "another call is aborting this session",
        session,
        secondsUntil(until, now));
  }

  private static <T> Verdict<T> busy(
      ErrorCode code, String message, Session session, long retryAfterSeconds) {
    return Verdict.refused(
        Refusal.of(code, message)
            .with("session_id", session.upload().sessionId().toString())
            .with("current_status", session.status().name())
            .with("retry_after_seconds", retryAfterSeconds)
            .retryAfter(retryAfterSeconds));
  }

  /** Storage gave no clear answer; the intent is committed and a worker goes on with it. */
  static <T> Verdict<T> storageUnavailable(String message, long retryAfterSeconds) {
    return Verdict.refused(
        Refusal.of(ErrorCode.STORAGE_UNAVAILABLE, message).retryAfter(retryAfterSeconds));
  }

  /**
   * What storage's outage means to who asked: the intent is committed, and a worker, or the same
   * call, goes on with it.
   *
   * @param kept what is kept until then, and how it goes on
   */
  static <T> Verdict<T> ofStorage(Outage.Storage outage, String kept) {
    return Verdict.refused(
        Refusal.of(
                outage.code(),
                (outage.isRefusal()
                        ? "storage refuses us, which its operator can mend (" + outage.what() + ")"
                        : "storage did not answer")
                    + "; "
                    + kept)
            .retryAfter(outage.retryAfterSeconds()));
  }

  /** The same for something that was asked of one session. */
  static <T> Verdict<T> ofStorage(Session session, Outage.Storage outage) {
    Verdict<T> verdict = ofStorage(outage, "nothing is lost, try again");
    return verdict instanceof Verdict.Refused<T>(Refusal refusal)
        ? Verdict.refused(refusal.with("session_id", session.upload().sessionId().toString()))
        : verdict;
  }

  /** Runs what asks storage: that it refuses us is told in its own words. */
  static <T> Verdict<T> asking(Session session, Supplier<Verdict<T>> storage) {
    try {
      return storage.get();
    } catch (Outage.Storage outage) {
      if (!outage.isRefusal()) {
        throw outage;
      }
      return ofStorage(session, outage);
    }
  }

  /** Storage knows neither the upload nor the object; told once, that may be its mistake. */
  static <T> Verdict<T> missingOnce() {
    return storageUnavailable(
        "storage knows neither the upload nor the object; asking again in a minute",
        Upload.MISSING_FOR.toSeconds());
  }

  /** A race was lost more often than anybody should lose it. */
  static <T> Verdict<T> contended(Session session) {
    return busy(
        ErrorCode.UPLOAD_COMPLETION_IN_PROGRESS,
        "the session is being changed by others; try again",
        session,
        1);
  }

  static long secondsUntil(Instant until, Instant now) {
    return Math.max(1, until.getEpochSecond() - now.getEpochSecond());
  }
}
