package io.waybill.agent.upload;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.wire.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What follows from what the server says that a session is. Pure, as its caller is. */
final class Conclusions {

  static final String EXPIRED = "its session expired";

  private final Moves moves;
  private final Path file;

  Conclusions(Moves moves, Path file) {
    this.moves = moves;
    this.file = file;
  }

  Decision of(Course now, Result.Session session, Instant at) {
    return switch (session.status()) {
      case "INITIATED", "UPLOADING" -> alive(now);
      case "INITIATING" -> moves.pauseShortly(now, preparing(session));
      case "COMPLETING" -> moves.pauseShortly(now, "the server is completing the object");
      case "PAUSED" -> moves.pause(now, Answers.pausedBy(session));
      case "COMPLETED" -> whole(now, session);
      case "EXPIRED" -> now.past().mayRevive() ? moves.revive(now) : moves.renew(now, EXPIRED, at);
      case "ABORTING", "ABORTED" -> aborted(now, session, at);
      case "FAILED" -> failed(now, session, at);
      default ->
          moves.waits(now, Cause.SERVER, "the server calls the session " + session.status(), at);
    };
  }

  private static String preparing(Result.Session session) {
    return Boolean.TRUE.equals(session.instant())
        ? "the project has these bytes already: the store is copying them"
        : "the server is still preparing the session";
  }

  /** While parts go, nothing else was asked; in doubt, the parts are doubted, too. */
  private Decision alive(Course now) {
    return now.phase() instanceof Sending
        ? moves.stay(now.in(new Sending(0)))
        : moves.listParts(now);
  }

  private Decision whole(Course now, Result.Session session) {
    return whole(now, new Event.Whole(session.bucket(), session.objectKey(), null, Duration.ZERO));
  }

  Decision whole(Course now, Event.Whole whole) {
    Decision end = moves.end(now, FileState.DONE, null);
    return Decision.of(end.next(), new Effect.TellWhole(whole))
        .after(end.effects().toArray(Effect[]::new));
  }

  /** Cleanup aborts what has expired; a person aborts what has not. */
  private Decision aborted(Course now, Result.Session session, Instant at) {
    Instant until = session.expiresAt();
    Instant ended = session.updatedAt();
    return until != null && ended != null && ended.isAfter(until)
        ? moves.renew(now, "its session expired and was cleaned up", at)
        : moves.end(
            now,
            FileState.ABORTED,
            "somebody aborted it on the server; to upload it all the same: "
                + Program.NAME
                + " upload "
                + LocalPath.quoted(file));
  }

  private Decision failed(Course now, Result.Session session, Instant at) {
    Result.LastError error = session.lastError();
    if (error == null) {
      return moves.end(now, FileState.REFUSED, "the session failed");
    }
    return "storage.upload_missing".equals(error.code())
        ? moves.renew(now, "the store lost the upload", at)
        : moves.end(
            now, FileState.REFUSED, "the session failed: " + error.code() + ": " + error.message());
  }
}
