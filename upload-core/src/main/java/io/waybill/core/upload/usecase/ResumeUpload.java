package io.waybill.core.upload.usecase;

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
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Takes a paused session up again. */
public final class ResumeUpload {

  public static final Remembered<Answer.Resumed> REMEMBERED =
      new Remembered<>("RESUME", Answer.Resumed.class);

  private final Lifecycle lifecycle;

  public ResumeUpload(Ports<? extends UploadStores> ports) {
    this.lifecycle = new Lifecycle(ports, new Chronicle(ports.ids()));
  }

  /** What to resume, and why. */
  public record Request(UUID sessionId, String reason) {}

  public Verdict<Answer.Resumed> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<UploadStores, Answer.Resumed> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.sessionId()).add(request.reason()));
    return lifecycle.command(
        caller,
        once,
        Permission.UPLOAD_RESUME,
        request.sessionId(),
        session -> resume(session, request));
  }

  private static Verdict<Answer.Resumed> resume(LockedSession session, Request request) {
    Instant now = session.now();
    return switch (session.asOfNow()) {
      case Session.Paused paused -> {
        Session.Uploading resumed = paused.resume(now);
        session.move(resumed, UploadEvent.RESUMED, Map.of("reason", request.reason()));
        yield Verdict.ok(answer(resumed, now));
      }
      case Session.Uploading already -> Verdict.ok(answer(already, already.upload().updatedAt()));
      case Session.Initiating s -> Refusals.illegal("resume", s);
      case Session.Initiated s -> Refusals.illegal("resume", s);
      case Session.Completing s -> Refusals.illegal("resume", s);
      case Session.Completed s -> Refusals.illegal("resume", s);
      case Session.Aborting s -> Refusals.illegal("resume", s);
      case Session.Aborted s -> Refusals.illegal("resume", s);
      case Session.Expired s -> Refusals.illegal("resume", s);
      case Session.Failed s -> Refusals.illegal("resume", s);
    };
  }

  private static Answer.Resumed answer(Session.Uploading session, Instant at) {
    return new Answer.Resumed(session.upload().sessionId(), session.status(), at);
  }
}
