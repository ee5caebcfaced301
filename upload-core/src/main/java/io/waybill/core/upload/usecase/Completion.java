package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.event.EventType;
import io.waybill.core.event.Origin;
import io.waybill.core.port.ObjectStore.CompleteOutcome;
import io.waybill.core.port.ObjectStore.ListOutcome;
import io.waybill.core.port.Outage;
import io.waybill.core.port.Ports;
import io.waybill.core.port.Transaction;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.PartComparison;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.StoredObject;
import io.waybill.core.upload.StoredPart;
import io.waybill.core.upload.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finishes a COMPLETING session: asks storage, then writes what it said. Walked by the call that
 * holds the lease, or by the worker that took it over; only the current attempt's outcome is
 * written.
 */
final class Completion {

  /** How long a completing call holds its session between two heartbeats. */
  static final Duration LEASE = Duration.ofSeconds(30);

  /** Storage must have denied the upload for this long before we believe it. */
  private static final Duration MISSING_FOR = Duration.ofSeconds(60);

  private static final int MISSING_PARTS_NAMED = 1000;

  private final Ports ports;
  private final Chronicle chronicle;

  Completion(Ports ports, Chronicle chronicle) {
    this.ports = ports;
    this.chronicle = chronicle;
  }

  /** What storage said. */
  private sealed interface Outcome {
    record Confirmed(StoredObject object, List<StoredPart> parts) implements Outcome {}

    record Incomplete(List<StoredPart> parts, PartComparison comparison) implements Outcome {}

    record Refused(String storageCode, String message) implements Outcome {}

    /** The upload is still there: our complete has had no effect that we know of. */
    record Unknown(String what, long retryAfterSeconds) implements Outcome {}

    /** Neither the upload nor the object is there. */
    record UploadMissing() implements Outcome {}
  }

  /**
   * A finished completion.
   *
   * @param parts as storage listed them; empty when they were gone already
   */
  record Done(Session.Completed session, List<StoredPart> parts) {}

  /**
   * Walks to the end.
   *
   * @param also what else to write in the transaction that confirms: the remembered answer
   */
  Verdict<Done> finish(Session.Completing mine, Origin origin, BiConsumer<Transaction, Done> also) {
    Outcome outcome = ports.heartbeat().during(() -> ask(mine), () -> renew(mine));
    return switch (outcome) {
      case Outcome.Confirmed confirmed -> confirm(mine, confirmed, origin, also);
      case Outcome.Incomplete(List<StoredPart> parts, PartComparison comparison) ->
          reopen(mine, parts, comparison, origin);
      case Outcome.Refused(String code, String message) -> fail(mine, code, message, origin);
      case Outcome.Unknown(String what, long retryAfter) -> stay(mine, what, retryAfter, origin);
      case Outcome.UploadMissing() -> missing(mine, origin);
    };
  }

  private boolean renew(Session.Completing mine) {
    Instant until = ports.now().plus(LEASE);
    Upload upload = mine.upload();
    return ports
        .work()
        .read(tx -> tx.sessions().renew(upload.sessionId(), mine.lease().attempt(), until));
  }

  private Outcome ask(Session.Completing mine) {
    try {
      return switch (list(mine)) {
        case ListOutcome.Parts(List<StoredPart> parts) -> compare(mine, parts);
        case ListOutcome.NoSuchUpload() -> objectOr(mine, List.of(), new Outcome.UploadMissing());
        case ListOutcome.Refused(String code, String message) -> new Outcome.Refused(code, message);
      };
    } catch (Outage outage) {
      return new Outcome.Unknown("storage did not answer", outage.retryAfterSeconds());
    }
  }

  private ListOutcome list(Session.Completing mine) {
    return ports.store().listParts(mine.upload().location(), mine.uploadId());
  }

  private Outcome compare(Session.Completing mine, List<StoredPart> parts) {
    PartComparison comparison = PartComparison.of(mine.upload().plan(), parts);
    if (!comparison.missing().isEmpty() || !comparison.wrong().isEmpty()) {
      return new Outcome.Incomplete(parts, comparison);
    }
    return switch (ports.store().complete(mine.upload().location(), mine.uploadId(), parts)) {
      case CompleteOutcome.Done() ->
          objectOr(mine, parts, new Outcome.Unknown("HEAD does not show the object yet", 5));
      case CompleteOutcome.Refused(String code, String message) ->
          new Outcome.Refused(code, message);
      case CompleteOutcome.Unknown(String what) -> lookAgain(mine, parts, what);
    };
  }

  /** No clear answer to complete: the object itself decides, then the upload's being there. */
  private Outcome lookAgain(Session.Completing mine, List<StoredPart> parts, String what) {
    return switch (objectOr(mine, parts, new Outcome.UploadMissing())) {
      case Outcome.UploadMissing missing ->
          switch (list(mine)) {
            case ListOutcome.NoSuchUpload() -> missing;
            case ListOutcome.Parts still -> new Outcome.Unknown(what, 5);
            case ListOutcome.Refused refused -> new Outcome.Unknown(what, 5);
          };
      case Outcome other -> other;
    };
  }

  private Outcome objectOr(Session.Completing mine, List<StoredPart> parts, Outcome otherwise) {
    Upload upload = mine.upload();
    Optional<StoredObject> object = ports.store().head(upload.location());
    return object.isPresent() && object.get().sizeBytes() == upload.plan().fileSizeBytes()
        ? new Outcome.Confirmed(object.get(), parts)
        : otherwise;
  }

  private Verdict<Done> confirm(
      Session.Completing mine,
      Outcome.Confirmed confirmed,
      Origin origin,
      BiConsumer<Transaction, Done> also) {
    Session.Completed completed = mine.confirm(confirmed.object(), ports.now());
    Done done = new Done(completed, confirmed.parts());
    Map<String, Object> details = Map.of("object_size_bytes", confirmed.object().sizeBytes());
    return write(
        mine,
        completed,
        EventType.COMPLETED,
        origin,
        details,
        tx -> {
          if (!confirmed.parts().isEmpty()) {
            tx.parts()
                .reconcile(mine.upload().sessionId(), confirmed.parts(), completed.completedAt());
          }
          also.accept(tx, done);
          return Verdict.ok(done);
        });
  }

  private Verdict<Done> reopen(
      Session.Completing mine, List<StoredPart> parts, PartComparison comparison, Origin origin) {
    Instant now = ports.now();
    Verdict<Done> refusal = Verdict.refused(refusal(mine, comparison));
    Map<String, Object> details =
        Map.of(
            "missing_part_count",
            comparison.missing().size(),
            "wrong_part_count",
            comparison.wrong().size());
    return write(
        mine,
        mine.reopen(now),
        EventType.COMPLETE_REFUSED,
        origin,
        details,
        tx -> {
          tx.parts().reconcile(mine.upload().sessionId(), parts, now);
          return refusal;
        });
  }

  private static Refusal refusal(Session.Completing mine, PartComparison comparison) {
    String sessionId = mine.upload().sessionId().toString();
    if (!comparison.wrong().isEmpty()) {
      return Refusal.of(
              ErrorCode.UPLOAD_PART_SIZE_MISMATCH,
              "storage has parts of another size than planned; send them again")
          .with("session_id", sessionId)
          .with("part_numbers", firstOf(comparison.wrong()));
    }
    return Refusal.of(
            ErrorCode.UPLOAD_MISSING_PARTS,
            "storage lacks %d parts; send them and complete again"
                .formatted(comparison.missing().size()))
        .with("session_id", sessionId)
        .with("missing_part_count", comparison.missing().size())
        .with("missing_part_numbers", firstOf(comparison.missing()));
  }

  private static List<Integer> firstOf(List<Integer> numbers) {
    return numbers.subList(0, Math.min(numbers.size(), MISSING_PARTS_NAMED));
  }

  private Verdict<Done> fail(
      Session.Completing mine, String storageCode, String message, Origin origin) {
    LastError error =
        new LastError(
            ErrorCode.STORAGE_REFUSED.code(),
            "storage said " + storageCode + ": " + message,
            ports.now());
    Refusal refusal =
        Refusal.of(ErrorCode.STORAGE_REFUSED, error.message())
            .with("session_id", mine.upload().sessionId().toString())
            .with("storage_code", storageCode);
    return write(
        mine,
        mine.fail(error),
        EventType.FAILED,
        origin,
        Map.of("error_code", error.code(), "storage_code", storageCode),
        tx -> Verdict.refused(refusal));
  }

  private Verdict<Done> stay(
      Session.Completing mine, String what, long retryAfterSeconds, Origin origin) {
    return write(
        mine,
        mine.letGo(mine.missingSince(), ports.now()),
        EventType.COMPLETE_UNKNOWN,
        origin,
        Map.of("what", what),
        tx ->
            Refusals.storageUnavailable(
                "storage gave no clear answer (" + what + "); nothing is lost, complete again",
                retryAfterSeconds));
  }

  private Verdict<Done> missing(Session.Completing mine, Origin origin) {
    Instant now = ports.now();
    Instant since = mine.missingSince() == null ? now : mine.missingSince();
    if (now.isBefore(since.plus(MISSING_FOR))) {
      return write(
          mine,
          mine.letGo(since, now),
          EventType.COMPLETE_UNKNOWN,
          origin,
          Map.of("what", "storage does not know the upload"),
          tx ->
              Refusals.storageUnavailable(
                  "storage knows neither the upload nor the object; asking again in a minute",
                  MISSING_FOR.toSeconds()));
    }
    LastError error =
        new LastError(
            ErrorCode.STORAGE_UPLOAD_MISSING.code(),
            "storage knows neither the upload nor the object; retry the object",
            now);
    return write(
        mine,
        mine.fail(error),
        EventType.FAILED,
        origin,
        Map.of("error_code", error.code()),
        tx ->
            Verdict.refused(
                Refusal.of(ErrorCode.STORAGE_UPLOAD_MISSING, error.message())
                    .with("session_id", mine.upload().sessionId().toString())));
  }

  /** Writes a move and its answer; a refusal, too, is an outcome that stays. */
  private Verdict<Done> write(
      Session.Completing mine,
      Session after,
      EventType type,
      Origin origin,
      Map<String, Object> details,
      java.util.function.Function<Transaction, Verdict<Done>> answer) {
    Verdict<Verdict<Done>> written =
        ports
            .work()
            .write(tx ->
                tx.sessions()
                        .apply(List.of(chronicle.moved(mine, after, type, origin, details)))
                        .isEmpty()
                    ? Refusals.contended(mine)
                    : Verdict.ok(answer.apply(tx)));
    return written.then(verdict -> verdict);
  }
}
