package io.waybill.core.upload;

import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a session stands still, from what is written of it: a function of facts that asks nobody. The
 * first cause that fits is told, so the order of the questions is the order of what matters.
 */
public final class SessionDiagnosis {

  /** What is quieter than this waits for somebody. */
  public static final Duration QUIET = Duration.ofMinutes(1);

  /** Longer than one call to storage takes, its repetitions included. */
  static final Duration CALL = Duration.ofSeconds(10);

  private SessionDiagnosis() {}

  /** Null while all goes its way, and when it has come to an end that somebody wanted. */
  public static @Nullable Diagnosis of(Progress progress, Signs signs, Instant now) {
    return switch (progress.session().asOf(now)) {
      case Session.Initiating initiating -> initiating(initiating.upload(), now);
      case Session.Paused paused -> paused(paused, signs);
      case Session.Open open -> new OpenDiagnosis(open.upload(), progress, signs, now).find();
      case Session.Completing completing -> completing(completing, signs, now);
      case Session.Aborting aborting -> aborting(aborting, now);
      case Session.Expired expired -> expired(expired.upload());
      case Session.Failed failed -> failed(failed.error());
      case Session.Completed completed -> null;
      case Session.Aborted aborted -> null;
    };
  }

  private static @Nullable Diagnosis initiating(Upload upload, Instant now) {
    Instant since = upload.createdAt();
    if (upload.twin() != null) {
      return new Diagnosis(
          Cause.INSTANT_COPY,
          since,
          "storage is to copy it from a dataset that has the same bytes",
          "nothing: a worker has it copied, or makes a usual upload of it");
    }
    return now.isBefore(since.plus(CALL))
        ? null
        : new Diagnosis(
            Cause.STORAGE_UNAVAILABLE,
            since,
            "storage has not opened the upload since " + since,
            "see /readyz and the storage policy's endpoint; a worker asks again by itself");
  }

  private static Diagnosis paused(Session.Paused paused, Signs signs) {
    String by = signs.last(UploadEvent.PAUSED).map(trace -> " by " + trace.actor()).orElse("");
    String why = paused.reason() == null ? "" : ": " + paused.reason();
    return new Diagnosis(
        Cause.PAUSED,
        paused.pausedAt(),
        "paused" + by + " since " + paused.pausedAt() + why,
        "resume it");
  }

  private static @Nullable Diagnosis completing(
      Session.Completing completing, Signs signs, Instant now) {
    Instant missing = completing.upload().missingSince();
    if (missing != null) {
      return missing(missing);
    }
    Optional<Signs.Trace> outcome = lastOutcome(signs);
    if (outcome.isPresent() && outcome.get().is(UploadEvent.COMPLETE_UNKNOWN)) {
      return unclear(outcome.get());
    }
    Instant end = completing.lease().until();
    return completing.lease().isLive(now)
        ? null
        : new Diagnosis(
            Cause.INTERRUPTED,
            end,
            "whoever was completing it has not come back since " + end,
            "nothing: a worker takes it up; whoever cannot wait completes it again");
  }

  /** What became of the last attempt that has ended. */
  private static Optional<Signs.Trace> lastOutcome(Signs signs) {
    return signs.traces().stream()
        .filter(trace ->
            trace.is(UploadEvent.COMPLETE_UNKNOWN) || trace.is(UploadEvent.COMPLETE_REFUSED))
        .findFirst();
  }

  private static Diagnosis unclear(Signs.Trace trouble) {
    boolean isRefusal = !trouble.text("error_code").isEmpty();
    return isRefusal
        ? storageRefused(trouble)
        : new Diagnosis(
            Cause.STORAGE_UNAVAILABLE,
            trouble.at(),
            "asked to complete, storage gave no clear answer: " + trouble.text("what"),
            "see /readyz; a worker asks again by itself, and nothing is lost");
  }

  /** Storage refuses not this upload but us. */
  static Diagnosis storageRefused(Signs.Trace trouble) {
    return new Diagnosis(
        Cause.STORAGE_REFUSED,
        trouble.at(),
        "storage refuses this installation: " + trouble.text("what"),
        "the operator mends its access to storage; then complete again");
  }

  /** Storage said once that it does not know the upload. */
  static Diagnosis missing(Instant since) {
    return new Diagnosis(
        Cause.UPLOAD_MISSING,
        since,
        "storage has not known the upload since " + since,
        "nothing: it is asked again after a minute; if it says so then, retry the object");
  }

  private static @Nullable Diagnosis aborting(Session.Aborting aborting, Instant now) {
    Instant since = aborting.upload().updatedAt();
    return now.isBefore(since.plus(CALL))
        ? null
        : new Diagnosis(
            Cause.ABORTING,
            since,
            "storage has not dropped the parts yet (" + aborting.reason() + ")",
            "see /readyz; a worker asks again by itself");
  }

  private static Diagnosis expired(Upload upload) {
    Instant end = upload.expiresAt();
    return new Diagnosis(
        Cause.EXPIRED,
        end,
        "expired at " + end,
        "extend it before " + end.plus(Upload.EXPIRY_GRACE) + ", after that retry the object");
  }

  private static Diagnosis failed(LastError error) {
    return new Diagnosis(
        Cause.FAILED,
        error.occurredAt(),
        error.code() + ": " + error.message(),
        "mend what the message names, then retry the object");
  }
}
