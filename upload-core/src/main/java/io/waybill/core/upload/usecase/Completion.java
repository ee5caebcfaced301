package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Origin;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.PartComparison;
import io.waybill.core.upload.PartList;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finishes a COMPLETING session: asks storage, then writes what it said. Walked by the call that
 * holds the lease, or by the worker that took it over; only the current attempt's outcome is
 * written.
 */
final class Completion {

  /** How long a completing call holds its session between two heartbeats. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;
  private final CompletionInquiry inquiry;

  Completion(Ports<? extends UploadStores> ports, Chronicle chronicle) {
    this.ports = ports;
    this.inquiry = new CompletionInquiry(ports);
    this.chronicle = chronicle;
  }

  /**
   * Walks to the end.
   *
   * @param answer made of the completed session before the transaction that confirms it: what to
   *     answer, and what else to write, in that transaction
   */
  <A> Verdict<A> finish(
      Session.Completing mine,
      Origin origin,
      Function<Session.Completed, Function<UploadStores, A>> answer) {
    CompletionOutcome outcome =
        ports.heartbeat().during(() -> inquiry.ask(mine), () -> renew(mine));
    return switch (outcome) {
      case CompletionOutcome.Confirmed confirmed -> confirm(mine, confirmed, origin, answer);
      case CompletionOutcome.Incomplete(List<StoredPart> parts, PartComparison comparison) ->
          incomplete(mine, parts, comparison, origin);
      case CompletionOutcome.PartsChanged(List<StoredPart> parts, String code) ->
          reopen(
              mine,
              parts,
              CompletionRefusals.partsChanged(mine, code),
              Map.of("storage_code", code),
              origin);
      case CompletionOutcome.PartTooSmall(List<StoredPart> parts, String code) ->
          reopen(
              mine,
              parts,
              CompletionRefusals.partTooSmall(mine, code),
              Map.of("storage_code", code),
              origin);
      case CompletionOutcome.Denied denied -> denied(mine, denied, origin);
      case CompletionOutcome.Unknown unknown -> stay(mine, unknown, origin);
      case CompletionOutcome.UploadMissing() -> missing(mine, origin);
    };
  }

  private boolean renew(Session.Completing mine) {
    Instant until = ports.now().plus(LEASE);
    Upload upload = mine.upload();
    return ports
        .work()
        .read(tx -> tx.claims().renew(upload.sessionId(), mine.lease().attempt(), until));
  }

  private <A> Verdict<A> confirm(
      Session.Completing mine,
      CompletionOutcome.Confirmed confirmed,
      Origin origin,
      Function<Session.Completed, Function<UploadStores, A>> answer) {
    Session.Completed completed =
        mine.confirm(confirmed.object(), PartList.sha256(confirmed.parts()), ports.now());
    Function<UploadStores, A> answering = answer.apply(completed);
    Map<String, Object> details = Map.of("object_size_bytes", confirmed.object().sizeBytes());
    boolean isRight = !PartSums.areOthers(mine.upload(), confirmed.object());
    Transition move = chronicle.moved(mine, completed, UploadEvent.COMPLETED, origin, details);
    return write(
        mine,
        isRight ? move : move.untold(),
        tx -> {
          if (!isRight) {
            OtherBytes.reject(tx, ports.ids(), completed, origin);
          }
          if (!confirmed.parts().isEmpty()) {
            reconcile(tx, mine.upload(), confirmed.parts(), completed.completedAt());
            Twins.keepProven(
                tx, mine.upload(), confirmed.parts(), confirmed.object(), completed.completedAt());
          }
          return Verdict.ok(answering.apply(tx));
        });
  }

  private static void reconcile(
      UploadStores tx, Upload upload, List<StoredPart> parts, Instant asked) {
    Map<Integer, String> bound = PartSums.bound(tx.parts(), upload);
    tx.parts().reconcile(upload.sessionId(), ReconcileUpload.listed(upload, parts, bound), asked);
  }

  private <A> Verdict<A> incomplete(
      Session.Completing mine, List<StoredPart> parts, PartComparison comparison, Origin origin) {
    Map<String, Object> details =
        Map.of(
            "missing_part_count",
            comparison.missing().size(),
            "wrong_part_count",
            comparison.wrong().size());
    return reopen(mine, parts, CompletionRefusals.incomplete(mine, comparison), details, origin);
  }

  /** Back to where it came from: storage has shown these parts, and they do not make the object. */
  private <A> Verdict<A> reopen(
      Session.Completing mine,
      List<StoredPart> parts,
      Refusal refusal,
      Map<String, Object> details,
      Origin origin) {
    Instant now = ports.now();
    Session.Open open = mine.reopen(mine.upload().found(now));
    return write(
        mine,
        chronicle.moved(mine, open, UploadEvent.COMPLETE_REFUSED, origin, details),
        tx -> {
          reconcile(tx, mine.upload(), parts, now);
          return Verdict.refused(refusal);
        });
  }

  /**
   * Storage refuses us, and somebody will mend that: who asked is told, and the upload is where it
   * was. What a worker took up, or what may be done already, stays an intent: it comes up again.
   */
  private <A> Verdict<A> denied(
      Session.Completing mine, CompletionOutcome.Denied denied, Origin origin) {
    Instant now = ports.now();
    boolean staysDue = !denied.nothingDone() || origin.equals(Origin.WORKER);
    Outage.Storage outage = denied.outage();
    Map<String, Object> details = Map.of("error_code", outage.code().code(), "what", outage.what());
    Transition move =
        staysDue
            ? letGo(mine, mine.upload().changed(now), details, origin)
            : chronicle.moved(
                mine,
                mine.reopen(mine.upload().changed(now)),
                UploadEvent.COMPLETE_REFUSED,
                origin,
                details);
    return write(mine, move, tx -> Refusals.ofStorage(mine, outage));
  }

  private <A> Verdict<A> stay(
      Session.Completing mine, CompletionOutcome.Unknown unknown, Origin origin) {
    Instant now = ports.now();
    Upload upload = mine.upload();
    String what = unknown.what();
    return write(
        mine,
        letGo(
            mine,
            unknown.uploadIsThere() ? upload.found(now) : upload.changed(now),
            Map.of("what", what),
            origin),
        tx ->
            Refusals.storageUnavailable(
                "storage gave no clear answer (" + what + "); nothing is lost, complete again",
                unknown.retryAfterSeconds()));
  }

  private Transition letGo(
      Session.Completing mine, Upload next, Map<String, Object> details, Origin origin) {
    return chronicle.moved(mine, mine.letGo(next), UploadEvent.COMPLETE_UNKNOWN, origin, details);
  }

  private <A> Verdict<A> missing(Session.Completing mine, Origin origin) {
    Instant now = ports.now();
    return mine.upload().isMissingFor(now)
        ? failMissing(mine, origin, now)
        : write(
            mine,
            letGo(
                mine,
                mine.upload().missing(now),
                Map.of("what", "storage does not know the upload"),
                origin),
            tx -> Refusals.missingOnce());
  }

  private <A> Verdict<A> failMissing(Session.Completing mine, Origin origin, Instant now) {
    LastError error =
        new LastError(
            LastError.Code.STORAGE_UPLOAD_MISSING,
            "storage knows neither the upload nor the object; retry the object",
            now);
    Refusal refusal =
        Refusal.of(ErrorCode.STORAGE_UPLOAD_MISSING, error.message())
            .with("session_id", mine.upload().sessionId().toString());
    Map<String, Object> details = Map.of("error_code", error.code().toString());
    return write(
        mine,
        chronicle.moved(mine, mine.fail(error), UploadEvent.FAILED, origin, details),
        tx -> Verdict.refused(refusal));
  }

  /** Writes a move and its answer; a refusal, too, is an outcome that stays. */
  private <A> Verdict<A> write(
      Session.Completing mine, Transition move, Function<UploadStores, Verdict<A>> answer) {
    Verdict<Verdict<A>> written =
        ports
            .work()
            .write(tx ->
                tx.sessions().apply(List.of(move)).isEmpty()
                    ? Refusals.contended(mine)
                    : Verdict.ok(answer.apply(tx)));
    return written.then(verdict -> verdict);
  }
}
