package io.waybill.core.upload.usecase;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.IntentCommand;
import io.waybill.core.idempotency.IntentCommand.Begun;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives an upload up: storage drops its parts. Never deletes a finished object. */
public final class AbortUpload {

  public static final Remembered<Answer.Aborted> REMEMBERED =
      new Remembered<>("ABORT", Answer.Aborted.class);

  private static final Duration LEASE = Duration.ofSeconds(30);

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;
  private final Lifecycle lifecycle;
  private final StorageAbort storageAbort;

  public AbortUpload(Ports<? extends UploadStores> ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
    this.lifecycle = new Lifecycle(ports, chronicle);
    this.storageAbort = new StorageAbort(ports, chronicle);
  }

  /** What to abort, and why. */
  public record Request(UUID sessionId, String reason) {}

  public Verdict<Answer.Aborted> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<UploadStores, Answer.Aborted> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.sessionId()).add(request.reason()));
    return IntentCommand.walk(
        ports,
        once,
        () ->
            lifecycle.begin(
                caller,
                once,
                Permission.UPLOAD_ABORT,
                request.sessionId(),
                session -> take(session, once, request.reason())),
        mine -> finish(caller, once, mine));
  }

  /** Also an open session whose life is over: it need not have been marked as expired first. */
  private static Verdict<Begun<Session.Aborting, Answer.Aborted>> take(
      LockedSession session, Once<UploadStores, Answer.Aborted> once, String reason) {
    Instant now = session.now();
    Instant until = now.plus(LEASE);
    return switch (session.stored()) {
      case Session.Initiating s -> intend(session, s.abort(reason, now).until(until));
      case Session.Open s -> intend(session, s.abort(reason, now).until(until));
      case Session.Expired s -> intend(session, s.abort(reason, now).until(until));
      case Session.Aborting busy ->
          now.isBefore(busy.redriveAt())
              ? Refusals.aborting(busy, busy.redriveAt(), now)
              : intend(session, busy.takeOver(until, now));
      case Session.Aborted done -> {
        once.remember(session.tx(), answer(done), now);
        yield IntentCommand.finished(answer(done));
      }
      case Session.Completing s -> Refusals.illegal("abort", s);
      case Session.Completed s -> Refusals.illegal("abort", s);
      case Session.Failed s -> Refusals.illegal("abort", s);
    };
  }

  private static Verdict<Begun<Session.Aborting, Answer.Aborted>> intend(
      LockedSession session, Session.Aborting after) {
    session.move(after, UploadEvent.ABORT_REQUESTED, Map.of("reason", after.reason()));
    return IntentCommand.working(after);
  }

  private Verdict<Answer.Aborted> finish(
      Caller caller, Once<UploadStores, Answer.Aborted> once, Session.Aborting mine) {
    once.onDeath(tx -> letGo(tx, caller, mine));
    Verdict<Answer.Aborted> finished;
    try {
      finished =
          storageAbort
              .finish(
                  mine,
                  caller.origin(),
                  (tx, aborted) -> once.remember(tx, answer(aborted), aborted.abortedAt()))
              .then(AbortUpload::answer);
    } catch (Outage.Storage outage) {
      ports
          .work()
          .commit(tx -> {
            letGo(tx, caller, mine);
            once.discard(tx); // after the session, as everywhere
            return once;
          });
      return Refusals.ofStorage(outage, "a worker goes on with the abort");
    }
    if (finished instanceof Verdict.Refused) {
      once.free(ports.work());
    }
    return finished;
  }

  /** What was found complete is not aborted, and its object stays. */
  private static Verdict<Answer.Aborted> answer(Session ended) {
    return ended instanceof Session.Aborted aborted
        ? Verdict.ok(answer(aborted))
        : Refusals.illegal("abort", ended);
  }

  /** Ends our lease on the intent, so that the same call, or a worker, goes on at once. */
  private void letGo(UploadStores tx, Caller caller, Session.Aborting mine) {
    Instant now = ports.now();
    Map<String, Object> details = Map.of("reason", mine.reason());
    tx.sessions()
        .apply(
            List.of(
                chronicle.moved(
                    mine,
                    mine.takeOver(now, now),
                    UploadEvent.ABORT_REQUESTED,
                    caller.origin(),
                    details)));
  }

  private static Answer.Aborted answer(Session.Aborted aborted) {
    return new Answer.Aborted(aborted.upload().sessionId(), aborted.status(), aborted.abortedAt());
  }
}
