package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.upload.UploadStep.Completed;
import io.waybill.agent.upload.UploadStep.Opened;
import io.waybill.agent.upload.UploadStep.Warned;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is said between one file and the server; what it means is decided elsewhere. */
final class SessionTalk {

  private final FileRun file;
  private final RunContext context;
  private final String retryKey;
  private final Reconciliation reconciliation;
  private final LifeLine life;
  private final UrlOrders orders;
  private final Acknowledging acknowledging;
  private boolean warnedOfClock;

  SessionTalk(FileRun file, RunContext context, String retryKey) {
    this.file = file;
    this.context = context;
    this.retryKey = retryKey;
    this.reconciliation = new Reconciliation(file, context, this);
    this.life = new LifeLine(file, context, this);
    this.orders = new UrlOrders(file, context, this);
    this.acknowledging = new Acknowledging(file, context, this);
  }

  UUID session() {
    return UUID.fromString(file.server().sessionId());
  }

  // What the server gave

  /** The server answered our create with this object. */
  void opened(String taskId, Result.UploadObject object, @Nullable Instant at, Duration took) {
    if (take(object, at, 0)) {
      context.tell(
          new Opened(
              file.name(),
              taskId,
              String.valueOf(object.sessionId()),
              object.objectKey(),
              object.partCount(),
              object.partSizeBytes(),
              file.urls().size(),
              took));
    }
  }

  /**
   * Takes over a session, if there is one.
   *
   * @param number of the question for another one; 0 for the first
   */
  private boolean take(Result.UploadObject object, @Nullable Instant at, int number) {
    UUID session = object.sessionId();
    Result.LastError error = object.lastError();
    if (session != null) {
      file.planned(Answers.serverSide(object, session), number != 0);
    }
    if (session == null || object.status().equals("FAILED")) {
      file.happened(
          new Event.Hopeless(
              error == null
                  ? "the server opened no session"
                  : error.code() + ": " + error.message()));
      return false;
    }
    Result.Presigned first = object.presigned();
    if (first != null) {
      stock(first, Map.of());
    }
    learn(object.expiresAt(), object.expiresInSeconds());
    life.begins(at, object.expiresAt());
    file.happened(new Event.Opened(number, session.toString()));
    return true;
  }

  /**
   * URLs to send parts to.
   *
   * @param sums by part number, that they were signed for
   */
  void stock(Result.Presigned urls, Map<Integer, String> sums) {
    file.urls().add(urls, sums, System.nanoTime());
    learn(urls.expiresAt(), urls.expiresInSeconds());
  }

  void learn(@Nullable Instant at, @Nullable Long inSeconds) {
    context.clock().learn(at, inSeconds);
    Duration skew = context.clock().skew();
    if (!skew.isZero() && !warnedOfClock) {
      warnedOfClock = true;
      String how = skew.isNegative() ? "behind" : "ahead of";
      context.tell(
          new Warned(
              file.name(),
              "this machine's clock is "
                  + skew.abs().toSeconds()
                  + " s "
                  + how
                  + " the server's; the server's time is used"));
    }
  }

  // Beside the road

  void partStored() {
    life.moved();
    acknowledging.partStored();
    orders.partStored();
  }

  /** Sees that the session lives long enough, unless only time can help. */
  void liveOn() {
    if (file.course().phase().tried() == null && file.open()) {
      life.extendWhenDue(
          file.course().phase() instanceof Phase.Completing completing && !completing.proven());
    }
  }

  /** Tells of stored parts, and sees that there are URLs for the next; or that there are none. */
  void tellAndOrder(long now) {
    if (!file.ledger().allStored()) {
      acknowledging.inBatches(now);
      orders.ahead(now);
    } else if (acknowledging.allTold()) {
      file.happened(new Event.AllStored());
    }
  }

  // What is asked

  void askStatus(int number) {
    context.ask(
        Question.status(context.projectId(), session()),
        (session, took) -> {
          if (file.open() && session.sessionId().equals(session())) {
            life.known(session.createdAt(), session.expiresAt());
          }
          file.happened(new Event.StatusSaid(number, session));
        },
        refused(number));
  }

  void askParts(int number) {
    reconciliation.ask(number);
  }

  void takeOver(BitSet stored, Duration took) {
    reconciliation.takeOver(stored, took);
  }

  void askExtension(int number) {
    life.revive(number);
  }

  void askAnotherSession(int number) {
    String task = Objects.requireNonNull(context.taskId(), "a session without a task");
    int attempt = file.entry().retries() + 1;
    context.ask(
        Question.retry(
            context.projectId(),
            new Command.RetryObject(
                UUID.fromString(task), UUID.fromString(file.server().objectId())),
            retryKey + "-" + attempt),
        (object, took) -> {
          if (file.course().phase().awaits(number)) {
            take(object, context.clock().now(), number);
          }
        },
        refused(number));
  }

  void askComplete(int number) {
    context.ask(
        Question.complete(
            context.projectId(),
            new Command.CompleteUpload(session(), List.of(), file.entry().checksumSha256())),
        (done, took) -> {
          file.sealed(done.receipt());
          file.happened(new Event.Whole(done.bucket(), done.objectKey(), done.etag(), took));
        },
        refused(number));
  }

  /** Tells the server that nothing more will come; the answer changes nothing. */
  void abandon(int number, String why) {
    context.ask(
        Question.abort(context.projectId(), new Command.AbortUpload(session(), why)),
        (answer, took) -> file.happened(new Event.Left(number)),
        refused -> file.happened(new Event.Left(number)));
  }

  private Consumer<ErrorBody> refused(int number) {
    return error -> file.happened(new Event.Refused(number, error));
  }

  void tellWhole(Event.Whole whole) {
    ServerSide server = file.server();
    context.tell(
        new Completed(
            file.name(),
            server.sessionId(),
            server.datasetId(),
            whole.bucket() == null ? server.bucket() : whole.bucket(),
            whole.key() == null ? server.objectKey() : whole.key(),
            file.entry().stamp().sizeBytes(),
            whole.etag(),
            whole.took()));
  }
}
