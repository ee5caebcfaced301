package io.waybill.core.upload.usecase;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.idempotency.Fingerprint;
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
  private final StorageAbort storageAbort;

  public AbortUpload(Ports<? extends UploadStores> ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
    this.storageAbort = new StorageAbort(ports, chronicle);
  }

  /** What to abort, and why. */
  public record Request(UUID sessionId, String reason) {}

  private sealed interface Begun {
    record Working(Session.Aborting mine) implements Begun {}

    record Finished(Answer.Aborted answer) implements Begun {}
  }

  public Verdict<Answer.Aborted> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<UploadStores, Answer.Aborted> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.sessionId()).add(request.reason()));
    return once.alive(
        ports,
        () ->
            begin(caller, once, request)
                .then(begun ->
                    switch (begun) {
                      case Begun.Finished(Answer.Aborted answer) -> Verdict.ok(answer);
                      case Begun.Working(Session.Aborting mine) -> finish(caller, once, mine);
                    }));
  }

  private Verdict<Begun> begin(
      Caller caller, Once<UploadStores, Answer.Aborted> once, Request request) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    return ports
        .work()
        .write(tx ->
            SessionGate.pass(
                    caller,
                    tx.sessions().lock(tenantId, request.sessionId()),
                    Permission.UPLOAD_ABORT,
                    now)
                .then(session ->
                    once.claim(
                        tx,
                        null,
                        now,
                        answer -> Verdict.ok(new Begun.Finished(answer)),
                        created -> take(tx, caller, once, session, request))));
  }

  private Verdict<Begun> take(
      UploadStores tx,
      Caller caller,
      Once<UploadStores, Answer.Aborted> once,
      Session session,
      Request request) {
    Instant now = ports.now();
    Instant until = now.plus(LEASE);
    String reason = request.reason();
    return switch (session) {
      case Session.Initiating s -> intend(tx, caller, s, s.abort(reason, now).until(until));
      case Session.Open s -> intend(tx, caller, s, s.abort(reason, now).until(until));
      case Session.Expired s -> intend(tx, caller, s, s.abort(reason, now).until(until));
      case Session.Aborting busy ->
          now.isBefore(busy.redriveAt())
              ? Refusals.aborting(busy, busy.redriveAt(), now)
              : intend(tx, caller, busy, busy.takeOver(until, now));
      case Session.Aborted done -> {
        once.remember(tx, answer(done), now);
        yield Verdict.ok(new Begun.Finished(answer(done)));
      }
      case Session.Completing s -> Refusals.illegal("abort", s);
      case Session.Completed s -> Refusals.illegal("abort", s);
      case Session.Failed s -> Refusals.illegal("abort", s);
    };
  }

  private Verdict<Begun> intend(
      UploadStores tx, Caller caller, Session before, Session.Aborting after) {
    tx.sessions()
        .apply(
            List.of(
                chronicle.moved(
                    before,
                    after,
                    UploadEvent.ABORT_REQUESTED,
                    caller.origin(),
                    Map.of("reason", after.reason()))));
    return Verdict.ok(new Begun.Working(after));
  }

  private Verdict<Answer.Aborted> finish(
      Caller caller, Once<UploadStores, Answer.Aborted> once, Session.Aborting mine) {
    once.committed();
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
