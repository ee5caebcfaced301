package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.upload.UploadStep.Checking;
import io.waybill.agent.upload.UploadStep.Completed;
import io.waybill.agent.upload.UploadStep.Opened;
import io.waybill.agent.upload.UploadStep.Warned;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is said between one file and the server while all is well. */
final class SessionTalk {

  private final FileRun file;
  private final RunContext context;
  private final SessionRecovery recovery;
  private final LifeLine life;
  private final UrlOrders orders;
  private final Acknowledging acknowledging;
  private Closing closing = Closing.NOT_YET;
  private boolean leaving;
  private boolean movedLately;
  private boolean warnedOfClock;
  private long nextLook = System.nanoTime();

  /** How far the end of a session is. */
  private enum Closing {
    NOT_YET,
    /** Whether what was sent is the file is being looked at. */
    PROVING,
    ASKED
  }

  SessionTalk(FileRun file, RunContext context, String retryKey) {
    this.file = file;
    this.context = context;
    this.recovery = new SessionRecovery(file, context, this, retryKey);
    this.life = new LifeLine(file, context, this);
    this.orders = new UrlOrders(file, context, this);
    this.acknowledging = new Acknowledging(file, context, this);
  }

  /** Whether nothing is left to be said. */
  boolean quiet() {
    return !leaving;
  }

  /** The server answered our create or retry with this object. */
  void opened(String taskId, Result.UploadObject object, @Nullable Instant at, Duration took) {
    if (take(object, at, false)) {
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

  boolean take(Result.UploadObject object, @Nullable Instant at, boolean restarted) {
    UUID session = object.sessionId();
    Result.LastError error = object.lastError();
    if (session != null) {
      file.opened(Answers.serverSide(object, session), restarted);
    }
    if (session == null || object.status().equals("FAILED")) {
      file.end(
          FileState.REFUSED,
          error == null ? "the server opened no session" : error.code() + ": " + error.message());
      return false;
    }
    Result.Presigned first = object.presigned();
    if (first != null) {
      stock(first);
    }
    learn(object.expiresAt(), object.expiresInSeconds());
    life.begins(at, object.expiresAt());
    looked();
    file.whenUnchanged(false, file.course()::goOn);
    return true;
  }

  LifeLine life() {
    return life;
  }

  void stock(Result.Presigned urls) {
    file.urls().add(urls, System.nanoTime());
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

  void moved() {
    recovery.settledByFacts();
    movedLately = true;
    acknowledging.partStored();
    orders.partStored();
  }

  void presignAhead(long now) {
    orders.ahead(now);
  }

  /** A command about the session was refused for good. */
  void refused(ErrorBody error) {
    recovery.refused(error);
  }

  void acknowledgeInBatches(long now) {
    acknowledging.inBatches(now);
  }

  void acknowledgeThenComplete() {
    if (acknowledging.allTold() && closing == Closing.NOT_YET) {
      closing = Closing.PROVING;
      prove();
    }
  }

  /**
   * What was sent must have been the file at one moment. With a promised sum, the sums of the parts
   * show it; without one, the file is read once more.
   */
  private void prove() {
    Integer promised = file.entry().checksumCrc32c();
    if (promised != null && promised != file.ledger().sentSum()) {
      file.changed(FileCheck.PROMISED_OTHERS);
      return;
    }
    boolean thorough = promised == null;
    if (thorough) {
      context.tell(new Checking(file.name(), file.entry().stamp().sizeBytes()));
    }
    file.whenUnchanged(thorough, this::complete);
  }

  /** The file could not be looked at; later it is tried again. */
  void notProven() {
    closing = closing == Closing.PROVING ? Closing.NOT_YET : closing;
    recovery.notRestarted();
  }

  private void complete() {
    closing = Closing.ASKED;
    context.ask(
        Question.complete(
            context.projectId(),
            new Command.CompleteUpload(session(), List.of(), file.entry().checksumSha256())),
        (done, took) -> {
          closing = Closing.NOT_YET;
          completed(done.bucket(), done.objectKey(), done.etag(), took);
        },
        refused -> {
          closing = Closing.NOT_YET;
          recovery.refused(refused);
        });
  }

  void completed(
      @Nullable String bucket, @Nullable String key, @Nullable String etag, Duration took) {
    ServerSide server = file.server();
    file.end(FileState.DONE, null);
    context.tell(
        new Completed(
            file.name(),
            server.sessionId(),
            server.datasetId(),
            bucket == null ? server.bucket() : bucket,
            key == null ? server.objectKey() : key,
            file.entry().stamp().sizeBytes(),
            etag,
            took));
  }

  /** From time to time: is the session still what we think, and does it live long enough? */
  void watch(long now) {
    Duration every =
        file.course().shown() == null
            ? context.settings().statusPoll()
            : context.settings().heldPoll();
    if (now - nextLook >= every.toNanos() && !recovery.looking() && closing == Closing.NOT_YET) {
      looked();
      recovery.look(false);
    }
    if ((movedLately || closing == Closing.PROVING) && life.due()) {
      movedLately = false;
      life.extend();
    }
  }

  void looked() {
    nextLook = System.nanoTime();
  }

  /** Tells the server that nothing more will come; the answer changes nothing. */
  void abandon(String why) {
    if (file.entry().server() == null) {
      return;
    }
    leaving = true;
    context.ask(
        Question.abort(context.projectId(), new Command.AbortUpload(session(), why)),
        (answer, took) -> leaving = false,
        refused -> leaving = false);
  }

  void askStatus() {
    recovery.look(true);
  }

  void sessionInDoubt(String why) {
    context.tell(new Warned(file.name(), why + "; asking the server what is true"));
    file.course().stopMoving();
    file.urls().clear();
    recovery.inDoubt();
  }

  /** The start of a run with a session of an earlier one. */
  void takeUp() {
    recovery.look(true);
  }

  UUID session() {
    return UUID.fromString(file.server().sessionId());
  }
}
