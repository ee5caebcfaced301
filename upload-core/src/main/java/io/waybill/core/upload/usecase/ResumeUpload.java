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
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes a paused session up again. */
public final class ResumeUpload {

  public static final Remembered<Answer.Resumed> REMEMBERED =
      new Remembered<>("RESUME", Answer.Resumed.class);

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;

  public ResumeUpload(Ports<? extends UploadStores> ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
  }

  /** What to resume, and why. */
  public record Request(UUID sessionId, String reason) {}

  public Verdict<Answer.Resumed> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    Once<UploadStores, Answer.Resumed> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(request.sessionId()).add(request.reason()));
    return ports
        .work()
        .write(tx ->
            SessionGate.pass(
                    caller,
                    tx.sessions().lock(tenantId, request.sessionId()),
                    Permission.UPLOAD_RESUME,
                    now)
                .then(session ->
                    once.within(tx, now, () -> resume(tx, caller, session, request, now))));
  }

  private Verdict<Answer.Resumed> resume(
      UploadStores tx, Caller caller, Session stored, Request request, Instant now) {
    return switch (stored.asOf(now)) {
      case Session.Paused paused -> {
        Session.Uploading resumed = paused.resume(now);
        Map<String, Object> details = Map.of("reason", request.reason());
        tx.sessions()
            .apply(
                List.of(
                    chronicle.moved(
                        paused, resumed, UploadEvent.RESUMED, caller.origin(), details)));
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
