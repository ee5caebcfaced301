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
import org.jspecify.annotations.Nullable;

/**
 * Stops the issue of URLs. Parts are kept, storage is not called, and URLs already issued live
 * until they expire.
 */
public final class PauseUpload {

  public static final Remembered<Answer.Paused> REMEMBERED =
      new Remembered<>("PAUSE", Answer.Paused.class);

  private final Lifecycle lifecycle;

  public PauseUpload(Ports<? extends UploadStores> ports) {
    this.lifecycle = new Lifecycle(ports, new Chronicle(ports.ids()));
  }

  /**
   * What to pause.
   *
   * @param inflight what the client does with parts under way: a wish for the timeline, which no
   *     server can enforce
   */
  public record Request(UUID sessionId, @Nullable String reason, Inflight inflight) {}

  /** What becomes of parts under way. */
  public enum Inflight {
    ALLOW_FINISH,
    CANCEL_INFLIGHT
  }

  public Verdict<Answer.Paused> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<UploadStores, Answer.Paused> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.sessionId())
                .add(request.reason())
                .add(request.inflight()));
    return lifecycle.command(
        caller,
        once,
        Permission.UPLOAD_PAUSE,
        request.sessionId(),
        session -> pause(session, request));
  }

  private static Verdict<Answer.Paused> pause(LockedSession session, Request request) {
    Instant now = session.now();
    return switch (session.asOfNow()) {
      case Session.Initiated s -> write(session, s.pause(request.reason(), now), request);
      case Session.Uploading s -> write(session, s.pause(request.reason(), now), request);
      case Session.Paused already -> Verdict.ok(answer(already));
      case Session.Initiating s -> Refusals.illegal("pause", s);
      case Session.Completing s -> Refusals.illegal("pause", s);
      case Session.Completed s -> Refusals.illegal("pause", s);
      case Session.Aborting s -> Refusals.illegal("pause", s);
      case Session.Aborted s -> Refusals.illegal("pause", s);
      case Session.Expired s -> Refusals.illegal("pause", s);
      case Session.Failed s -> Refusals.illegal("pause", s);
    };
  }

  private static Verdict<Answer.Paused> write(
      LockedSession session, Session.Paused after, Request request) {
    Map<String, Object> details =
        request.reason() == null
            ? Map.of("inflight", request.inflight().name())
            : Map.of("reason", request.reason(), "inflight", request.inflight().name());
    session.move(after, UploadEvent.PAUSED, details);
    return Verdict.ok(answer(after));
  }

  private static Answer.Paused answer(Session.Paused paused) {
    return new Answer.Paused(
        paused.upload().sessionId(), paused.status(), paused.pausedAt(), paused.reason());
  }
}
