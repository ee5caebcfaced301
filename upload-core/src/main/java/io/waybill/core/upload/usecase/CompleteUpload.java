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
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes one object of the parts in storage. Completes only from what ListParts says. */
public final class CompleteUpload {

  public static final Remembered<Answer.Completed> REMEMBERED =
      new Remembered<>("COMPLETE", Answer.Completed.class);

  private final Ports<? extends UploadStores> ports;
  private final Chronicle chronicle;
  private final Completion completion;

  public CompleteUpload(Ports<? extends UploadStores> ports) {
    this.ports = ports;
    this.chronicle = new Chronicle(ports.ids());
    this.completion = new Completion(ports, chronicle);
  }

  /**
   * What to complete.
   *
   * @param reportedEtags what the client thinks storage has, by part number; storage wins, and a
   *     difference is a warning in the answer
   * @param checksumSha256 of the whole file, lower-case hex, as the client has summed it meanwhile
   */
  public record Request(
      UUID sessionId, Map<Integer, String> reportedEtags, @Nullable String checksumSha256) {
    public Request {
      reportedEtags = Map.copyOf(reportedEtags);
    }
  }

  private sealed interface Begun {
    record Working(Session.Completing mine) implements Begun {}

    record Finished(Answer.Completed answer) implements Begun {}
  }

  public Verdict<Answer.Completed> handle(Caller caller, RequestKey requestKey, Request request) {
    Once<UploadStores, Answer.Completed> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.sessionId())
                .add(request.reportedEtags())
                .add(request.checksumSha256()));
    return once.alive(
        ports,
        () ->
            begin(caller, once, request)
                .then(begun ->
                    switch (begun) {
                      case Begun.Finished(Answer.Completed answer) -> Verdict.ok(answer);
                      case Begun.Working(Session.Completing mine) ->
                          finish(caller, once, request, mine);
                    }));
  }

  private Verdict<Begun> begin(
      Caller caller, Once<UploadStores, Answer.Completed> once, Request request) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    return ports
        .work()
        .write(tx ->
            SessionGate.pass(
                    caller,
                    tx.sessions().lock(tenantId, request.sessionId()),
                    Permission.UPLOAD_COMPLETE,
                    now)
                .then(session ->
                    once.claim(
                        tx,
                        null,
                        now,
                        answer -> Verdict.ok(new Begun.Finished(answer)),
                        created -> take(tx, caller, once, session, request, now))));
  }

  private Verdict<Begun> take(
      UploadStores tx,
      Caller caller,
      Once<UploadStores, Answer.Completed> once,
      Session stored,
      Request request,
      Instant now) {
    return switch (stored.asOf(now)) {
      case Session.Open open ->
          intend(tx, caller, open, open.complete(now.plus(Completion.LEASE), now), request);
      case Session.Completing busy ->
          busy.lease().isLive(now)
              ? Refusals.completing(busy, busy.lease().until(), now)
              : intend(tx, caller, busy, busy.takeOver(now.plus(Completion.LEASE), now), request);
      case Session.Completed done -> {
        Answer.Completed answer = answer(tx, done, request);
        once.remember(tx, answer, now);
        yield Verdict.ok(new Begun.Finished(answer));
      }
      case Session.Initiating s -> Refusals.illegal("complete", s);
      case Session.Aborting s -> Refusals.illegal("complete", s);
      case Session.Aborted s -> Refusals.illegal("complete", s);
      case Session.Expired s -> Refusals.illegal("complete", s);
      case Session.Failed s -> Refusals.illegal("complete", s);
    };
  }

  private Verdict<Begun> intend(
      UploadStores tx, Caller caller, Session before, Session.Completing after, Request request) {
    if (isContradicted(tx, after.upload(), request.checksumSha256())) {
      return Verdict.refused(
          Refusal.invalid(
              List.of(
                  new FieldError(
                      "checksum_sha256",
                      "upload.checksum_differs",
                      "another checksum was given for this file before"))));
    }
    tx.sessions()
        .apply(
            List.of(
                chronicle.moved(
                    before,
                    after,
                    UploadEvent.COMPLETE_REQUESTED,
                    caller.origin(),
                    Map.of("attempt", after.lease().attempt()))));
    return Verdict.ok(new Begun.Working(after));
  }

  private static boolean isContradicted(UploadStores tx, Upload upload, @Nullable String sha256) {
    return sha256 != null
        && !tx.datasets()
            .reportChecksum(upload.owner().tenantId(), upload.owner().datasetId(), sha256);
  }

  private Verdict<Answer.Completed> finish(
      Caller caller,
      Once<UploadStores, Answer.Completed> once,
      Request request,
      Session.Completing mine) {
    once.committed();
    once.onDeath(
        tx -> tx.sessions().renew(mine.upload().sessionId(), mine.lease().attempt(), ports.now()));
    Verdict<Answer.Completed> finished =
        completion.finish(
            mine,
            caller.origin(),
            (tx, done) -> {
              Answer.Completed answer = answer(tx, done, request);
              once.remember(tx, answer, done.completedAt());
              return answer;
            });
    if (finished instanceof Verdict.Refused) {
      // A refusal or an outage frees the key: the same call may succeed later.
      once.free(ports.work());
    }
    return finished;
  }

  private static Answer.Completed answer(UploadStores tx, Session.Completed done, Request request) {
    Upload upload = done.upload();
    return new Answer.Completed(
        upload.sessionId(),
        done.status(),
        upload.location().bucket(),
        upload.location().key(),
        done.object().sizeBytes(),
        done.object().etag(),
        done.completedAt(),
        warnings(tx, upload, request));
  }

  /** From the rows, which say what storage said: the same whenever it is asked. */
  private static List<String> warnings(UploadStores tx, Upload upload, Request request) {
    if (request.reportedEtags().isEmpty()) {
      return List.of();
    }
    Map<Integer, String> stored = new HashMap<>();
    tx.parts()
        .page(upload.sessionId(), 0, upload.plan().partCount())
        .forEach((UploadPart p) -> stored.put(p.partNumber(), p.etag()));
    return new TreeMap<>(request.reportedEtags())
        .entrySet().stream()
            .filter(reported -> stored.containsKey(reported.getKey()))
            .filter(reported ->
                !bare(reported.getValue()).equals(bare(stored.getOrDefault(reported.getKey(), ""))))
            .map(reported -> "part " + reported.getKey() + ": storage has another ETag")
            .toList();
  }

  private static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
