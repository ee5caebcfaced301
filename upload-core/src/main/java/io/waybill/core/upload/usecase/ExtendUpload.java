package io.waybill.core.upload.usecase;

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

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final Chronicle chronicle;

  public ExtendUpload(Ports<? extends UploadStores> ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
    this.chronicle = new Chronicle(ports.ids());
  }

  /** What to extend, by how much, and why. An expired session is extended from now. */
  public record Request(UUID sessionId, long extendBySeconds, String reason) {}

  public Verdict<Answer.Extended> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    Once<UploadStores, Answer.Extended> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.sessionId())
                .add(request.extendBySeconds())
                .add(request.reason()));
    return ports
        .work()
        .write(tx ->
            SessionGate.pass(
                    caller,
                    tx.sessions().lock(tenantId, request.sessionId()),
                    Permission.UPLOAD_PRESIGN,
                    now)
                .then(session ->
                    once.within(tx, now, () -> extend(tx, caller, session, request, now))));
  }

  private Verdict<Answer.Extended> extend(
      UploadStores tx, Caller caller, Session stored, Request request, Instant now) {
    return switch (stored.asOf(now)) {
      case Session.Open open ->
          endOf(tx, stored, open.upload().expiresAt(), request)
              .then(until -> write(tx, caller, stored, open.extend(until, now), request, now));
      case Session.Expired expired ->
          Filling.stillOf(tx, expired, now)
              .then(ok -> endOf(tx, stored, now, request))
              .then(until -> write(tx, caller, stored, expired.extend(until, now), request, now));
      case Session.Initiating s -> Refusals.illegal("extend", s);
      case Session.Completing s -> Refusals.illegal("extend", s);
      case Session.Completed s -> Refusals.illegal("extend", s);
      case Session.Aborting s -> Refusals.illegal("extend", s);
      case Session.Aborted s -> Refusals.illegal("extend", s);
      case Session.Failed s -> Refusals.illegal("extend", s);
    };
  }

  private Verdict<Instant> endOf(UploadStores tx, Session session, Instant from, Request request) {
    StoragePolicy policy =
        tx.policies()
            .ofSession(session.upload().owner().tenantId(), session.upload().sessionId())
            .orElseThrow();
    Instant last = session.upload().createdAt().plus(limits.sessionLife().longestUnder(policy));
    long most = Math.max(0, Duration.between(from, last).toSeconds());
    if (request.extendBySeconds() < 1 || request.extendBySeconds() > most) {
      return Verdict.refused(
          Refusal.invalid(
              List.of(
                  new FieldError(
                      "extend_by_seconds",
                      "upload.lifetime_exceeded",
                      "must be 1 to " + most + ": this session ends at the latest at " + last))));
    }
    return Verdict.ok(from.plusSeconds(request.extendBySeconds()));
  }

  private Verdict<Answer.Extended> write(
      UploadStores tx,
      Caller caller,
      Session before,
      Session.Open after,
      Request request,
      Instant now) {
    Instant until = after.upload().expiresAt();
    Map<String, Object> details =
        Map.of("reason", request.reason(), "expires_at", until.toString());
    tx.sessions()
        .apply(
            List.of(
                chronicle.moved(before, after, UploadEvent.EXTENDED, caller.origin(), details)));
    return Verdict.ok(
        new Answer.Extended(
            after.upload().sessionId(),
            after.status(),
            until,
            until.getEpochSecond() - now.getEpochSecond()));
  }
}
