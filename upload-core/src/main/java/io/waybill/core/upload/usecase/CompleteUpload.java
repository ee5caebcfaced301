package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
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
import io.waybill.core.upload.Receipt;
import io.waybill.core.upload.ReceiptSigner;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one object of the parts in storage. Completes only from what ListParts says. */
public final class CompleteUpload {

  public static final Remembered<Answer.Completed> REMEMBERED =
      new Remembered<>("COMPLETE", Answer.Completed.class);

  private final Ports<? extends UploadStores> ports;
  private final Lifecycle lifecycle;
  private final Completion completion;
  private final ReceiptSigner receipts;

  public CompleteUpload(Ports<? extends UploadStores> ports, ReceiptSigner receipts) {
    this.ports = ports;
    this.receipts = receipts;
    Chronicle chronicle = new Chronicle(ports.ids());
    this.lifecycle = new Lifecycle(ports, chronicle);
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
    return IntentCommand.walk(
        ports,
        once,
        () ->
            lifecycle.begin(
                caller,
                once,
                Permission.UPLOAD_COMPLETE,
                request.sessionId(),
                session -> take(session, once, request)),
        mine -> finish(caller, once, request, mine));
  }

  private Verdict<Begun<Session.Completing, Answer.Completed>> take(
      LockedSession session, Once<UploadStores, Answer.Completed> once, Request request) {
    Instant now = session.now();
    return switch (session.asOfNow()) {
      case Session.Open open ->
          intend(session, open.complete(now.plus(Completion.LEASE), now), request);
      case Session.Completing busy ->
          busy.lease().isLive(now)
              ? Refusals.completing(busy, busy.lease().until(), now)
              : intend(session, busy.takeOver(now.plus(Completion.LEASE), now), request);
      case Session.Completed done -> {
        Answer.Completed answer = answer(done, request).apply(session.tx());
        once.remember(session.tx(), answer, now);
        yield IntentCommand.finished(answer);
      }
      case Session.Initiating s -> Refusals.illegal("complete", s);
      case Session.Aborting s -> Refusals.illegal("complete", s);
      case Session.Aborted s -> Refusals.illegal("complete", s);
      case Session.Expired s -> Refusals.illegal("complete", s);
      case Session.Failed s -> Refusals.illegal("complete", s);
    };
  }

  private static Verdict<Begun<Session.Completing, Answer.Completed>> intend(
      LockedSession session, Session.Completing intent, Request request) {
    Session.Completing after =
        new Session.Completing(
            intent.upload().reporting(request.checksumSha256()), intent.from(), intent.lease());
    if (isContradicted(session.tx(), after.upload(), request.checksumSha256())) {
      return Verdict.refused(
          Refusal.invalid(
              List.of(
                  new FieldError(
                      "checksum_sha256",
                      EntryCode.UPLOAD_CHECKSUM_DIFFERS,
                      "another checksum was given for this file before"))));
    }
    session.move(after, UploadEvent.COMPLETE_REQUESTED, Map.of("attempt", after.lease().attempt()));
    return IntentCommand.working(after);
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
    once.onDeath(
        tx -> tx.claims().renew(mine.upload().sessionId(), mine.lease().attempt(), ports.now()));
    Verdict<Answer.Completed> finished =
        completion.finish(
            mine,
            caller.origin(),
            done -> {
              Function<UploadStores, Answer.Completed> answering = answer(done, request);
              return tx -> {
                Answer.Completed answer = answering.apply(tx);
                once.remember(tx, answer, done.completedAt());
                return answer;
              };
            });
    if (finished instanceof Verdict.Refused) {
      // A refusal or an outage frees the key: the same call may succeed later.
      once.free(ports.work());
    }
    return finished;
  }

  /** Sealed at once, so that no transaction waits for that; the rest is read in one. */
  private Function<UploadStores, Answer.Completed> answer(Session.Completed done, Request request) {
    Upload upload = done.upload();
    String receipt = receipts.sign(Receipt.of(done));
    return tx ->
        new Answer.Completed(
            upload.sessionId(),
            done.status(),
            upload.location().bucket(),
            upload.location().key(),
            done.object().sizeBytes(),
            done.object().etag(),
            done.completedAt(),
            receipt,
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
