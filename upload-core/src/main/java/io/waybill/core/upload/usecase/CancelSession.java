package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.util.Map;
import java.util.UUID;

/**
 * Gives the upload of one object of a task up. Only the intent is written: a worker has storage
 * drop the parts, so that a task of a hundred objects is cancelled however storage feels.
 */
final class CancelSession {

  /** What it is named by; alone it is never remembered. */
  private static final Remembered<SessionStatus> UNREMEMBERED =
      new Remembered<>("CANCEL_SESSION", SessionStatus.class);

  private final Lifecycle lifecycle;

  CancelSession(Ports<? extends UploadStores> ports) {
    this.lifecycle = new Lifecycle(ports, new Chronicle(ports.ids()));
  }

  Verdict<SessionStatus> handle(Caller caller, UUID sessionId, String reason) {
    Once<UploadStores, SessionStatus> once =
        Once.of(UNREMEMBERED, caller, RequestKey.NONE, Fingerprint.of(UNREMEMBERED));
    return lifecycle.command(
        caller, once, Permission.UPLOAD_CANCEL, sessionId, session -> cancel(session, reason));
  }

  private static Verdict<SessionStatus> cancel(LockedSession session, String reason) {
    return switch (session.stored()) {
      case Session.Initiating s -> intend(session, s.abort(reason, session.now()));
      case Session.Open s -> intend(session, s.abort(reason, session.now()));
      case Session.Expired s -> intend(session, s.abort(reason, session.now()));
      case Session.Aborting s -> Verdict.ok(s.status());
      case Session.Aborted s -> Verdict.ok(s.status());
      case Session.Completing s -> Refusals.illegal("cancel", s);
      case Session.Completed s -> Refusals.illegal("cancel", s);
      case Session.Failed s -> Refusals.illegal("cancel", s);
    };
  }

  private static Verdict<SessionStatus> intend(LockedSession session, Session.Aborting after) {
    session.move(after, UploadEvent.ABORT_REQUESTED, Map.of("reason", after.reason()));
    return Verdict.ok(after.status());
  }
}
