package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Moves a session's end, within the longest life that policy and installation allow. */
public final class ExtendUpload {

  public static final Remembered<Answer.Extended> REMEMBERED =
      new Remembered<>("EXTEND", Answer.Extended.class);

  private final Limits limits;
  private final Lifecycle lifecycle;

  public ExtendUpload(Ports<? extends UploadStores> ports, Limits limits) {
    this.limits = limits;
    this.lifecycle = new Lifecycle(ports, new Chronicle(ports.ids()));
  }

  /** What to extend, by how much, and why. An expired session is extended from now. */
  public record Request(UUID sessionId, long extendBySeconds, String reason) {}

  public Verdict<Answer.Extended> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<UploadStores, Answer.Extended> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.sessionId())
                .add(request.extendBySeconds())
                .add(request.reason()));
    return lifecycle.command(
        caller,
        once,
        Permission.UPLOAD_PRESIGN,
        request.sessionId(),
        session -> extend(session, request));
  }

  private Verdict<Answer.Extended> extend(LockedSession session, Request request) {
    Instant now = session.now();
    return switch (session.asOfNow()) {
      case Session.Open open ->
          endOf(session, open.upload().expiresAt(), request)
              .map(until -> write(session, open.with(open.upload().extended(until, now)), request));
      case Session.Expired expired ->
          Filling.stillOf(session.tx(), expired, now)
              .then(ok -> endOf(session, now, request))
              .map(until -> write(session, expired.extend(until, now), request));
      case Session.Initiating s -> Refusals.illegal("extend", s);
      case Session.Completing s -> Refusals.illegal("extend", s);
      case Session.Completed s -> Refusals.illegal("extend", s);
      case Session.Aborting s -> Refusals.illegal("extend", s);
      case Session.Aborted s -> Refusals.illegal("extend", s);
      case Session.Failed s -> Refusals.illegal("extend", s);
    };
  }

  private Verdict<Instant> endOf(LockedSession session, Instant from, Request request) {
    Upload upload = session.stored().upload();
    StoragePolicy policy =
        session
            .tx()
            .policies()
            .ofSession(upload.owner().tenantId(), upload.sessionId())
            .orElseThrow();
    Instant last = upload.createdAt().plus(limits.sessionLife().longestUnder(policy));
    long most = Math.max(0, Duration.between(from, last).toSeconds());
    if (request.extendBySeconds() < 1 || request.extendBySeconds() > most) {
      return Verdict.refused(
          Refusal.invalid(
              List.of(
                  new FieldError(
                      "extend_by_seconds",
                      EntryCode.UPLOAD_LIFETIME_EXCEEDED,
                      "must be 1 to " + most + ": this session ends at the latest at " + last))));
    }
    return Verdict.ok(from.plusSeconds(request.extendBySeconds()));
  }

  private static Answer.Extended write(LockedSession session, Session.Open after, Request request) {
    Instant until = after.upload().expiresAt();
    Map<String, Object> details =
        Map.of("reason", request.reason(), "expires_at", until.toString());
    session.move(after, UploadEvent.EXTENDED, details);
    return new Answer.Extended(
        after.upload().sessionId(),
        after.status(),
        until,
        until.getEpochSecond() - session.now().getEpochSecond());
  }
}
