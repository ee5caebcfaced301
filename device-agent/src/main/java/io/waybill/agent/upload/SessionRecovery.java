package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.UploadStep.Restarted;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Finds out what the server holds true of a session, and draws the conclusion. */
final class SessionRecovery {

  /** An object that loses this many sessions in one run has a cause that more will not cure. */
  private static final int MOST_RESTARTS = 5;

  private static final Duration SHORTLY = Duration.ofSeconds(2);

  private final FileRun file;
  private final RunContext context;
  private final SessionTalk talk;
  private final String retryKey;
  private final Reconciliation reconciliation;
  private boolean asking;
  private boolean restarting;
  private int plans;
  private boolean planned;
  private boolean mayRevive = true;
  private int restarts;
  private int doubts;

  SessionRecovery(FileRun file, RunContext context, SessionTalk talk, String retryKey) {
    this.file = file;
    this.context = context;
    this.talk = talk;
    this.retryKey = retryKey;
    this.reconciliation = new Reconciliation(file, context, talk, this::refused);
  }

  boolean looking() {
    return asking || restarting || reconciliation.atWork();
  }

  /**
   * Asks what the session is.
   *
   * @param thorough whether the parts are in doubt, too
   */
  void look(boolean thorough) {
    if (looking() || !file.open()) {
      return;
    }
    asking = true;
    planned = false;
    context.ask(
        Question.status(context.projectId(), talk.session()),
        (session, took) -> {
          asking = false;
          concluded(session, thorough || !file.course().moving());
        },
        refused -> {
          asking = false;
          refused(refused);
        });
  }

  private void concluded(Result.Session session, boolean thorough) {
    if (!file.open()) {
      return;
    }
    talk.life().known(session.createdAt(), session.expiresAt());
    switch (session.status()) {
      case "INITIATED", "UPLOADING" -> {
        if (thorough) {
          reconciliation.begin();
        }
      }
      case "INITIATING" -> later("the server is still preparing the session");
      case "COMPLETING" -> later("the server is completing the object");
      case "PAUSED" -> file.course().pause(Answers.pausedBy(session));
      case "COMPLETED" ->
          talk.completed(session.bucket(), session.objectKey(), null, Duration.ZERO);
      case "EXPIRED" -> revive();
      case "ABORTING", "ABORTED" -> aborted(session);
      case "FAILED" -> failed(session);
      default -> file.refusedForNow("the server calls the session " + session.status());
    }
  }

  private void later(String why) {
    file.course().pause(why);
    lookIn(SHORTLY);
  }

  /** At most one look is planned; the newest plan takes the place of the one before. */
  private void lookIn(Duration wait) {
    int mine = ++plans;
    planned = true;
    context.after(
        wait,
        () -> {
          if (planned && mine == plans) {
            look(true);
          }
        });
  }

  /** While cleanup has not begun, an expired session can live on with all its parts. */
  private void revive() {
    file.course().stopMoving();
    if (!mayRevive) {
      restart("its session expired");
      return;
    }
    mayRevive = false;
    talk.life().revive(() -> look(true), () -> restart("its session expired"));
  }

  /** Cleanup aborts what has expired; a person aborts what has not. */
  private void aborted(Result.Session session) {
    Instant until = session.expiresAt();
    Instant at = session.updatedAt();
    if (until != null && at != null && at.isAfter(until)) {
      restart("its session expired and was cleaned up");
    } else {
      file.end(
          FileState.ABORTED,
          "somebody aborted it on the server; to upload it all the same: "
              + Program.NAME
              + " upload "
              + LocalPath.quoted(file.entry().file()));
    }
  }

  private void failed(Result.Session session) {
    Result.LastError error = session.lastError();
    String code = error == null ? null : error.code();
    if ("storage.upload_missing".equals(code)) {
      restart("the store lost the upload");
    } else {
      file.end(
          FileState.REFUSED,
          "the session failed" + (error == null ? "" : ": " + code + ": " + error.message()));
    }
  }

  private void restart(String why) {
    file.course().stopMoving();
    if (restarts >= MOST_RESTARTS) {
      restarts = 0;
      file.refusedForNow(why + ", again and again");
    } else {
      restarting = true; // until then, what the old session is says nothing new
      file.whenUnchanged(false, () -> askAnother(why));
    }
  }

  /** The file could not be looked at; later the session is looked at again. */
  void notRestarted() {
    restarting = false;
  }

  private void askAnother(String why) {
    String task = Objects.requireNonNull(context.taskId(), "a session without a task");
    int attempt = file.entry().retries() + 1;
    context.ask(
        Question.retry(
            context.projectId(),
            new Command.RetryObject(
                UUID.fromString(task), UUID.fromString(file.server().objectId())),
            retryKey + "-" + attempt),
        (object, took) -> {
          restarting = false;
          mayRevive = true;
          restarts++;
          if (talk.take(object, context.clock().now(), true)) {
            context.tell(new Restarted(file.name(), why, String.valueOf(object.sessionId())));
          }
        },
        refused -> {
          restarting = false;
          String words = why + ", and a new one was refused: " + Answers.inWords(refused);
          if (Finality.of(refused) == Finality.OVER) {
            file.end(FileState.REFUSED, words);
          } else {
            file.refusedForNow(words);
          }
        });
  }

  /** A command about the session was refused: what is it, then? */
  void refused(ErrorBody error) {
    if (!file.open()) {
      return;
    }
    file.course().stopMoving();
    switch (Finality.of(error)) {
      case PARTS_LOST -> {
        file.ledger().lost(Answers.partNumbers(error));
        inDoubt();
      }
      case IN_DOUBT -> inDoubt();
      case NOT_NOW -> file.refusedForNow(Answers.inWords(error));
      case OVER -> file.end(FileState.REFUSED, Answers.inWords(error));
    }
  }

  /**
   * The first look is at once; when looking does not settle it, ever later. What several parts
   * report before it is settled is one doubt.
   */
  void inDoubt() {
    if (looking() || planned) {
      return;
    }
    if (doubts++ == 0) {
      look(true);
    } else {
      lookIn(SHORTLY.multipliedBy(Math.min(doubts, 15)));
    }
  }

  /** A part was stored: whatever was in doubt is not any more. */
  void settledByFacts() {
    doubts = 0;
    mayRevive = true;
  }
}
