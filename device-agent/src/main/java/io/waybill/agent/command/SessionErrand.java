package io.waybill.agent.command;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.socket.DaemonReply;
import io.waybill.agent.socket.DaemonRequest;
import io.waybill.agent.socket.DaemonRequest.Word;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import io.waybill.wire.Command.AbortUpload;
import io.waybill.wire.Command.InflightBehavior;
import io.waybill.wire.Command.PauseUpload;
import io.waybill.wire.Command.ResumeUpload;
import io.waybill.wire.DeviceNotice.Result;
import io.waybill.wire.ErrorBody;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Pauses, resumes and gives up what the server names by its task or session, here and on the
 * server, as the commands of the same names at a shell do. Done twice it is as if done once.
 */
final class SessionErrand {

  private static final long LETTING_GO = Duration.ofSeconds(3).toNanos();

  private final Spool spool;
  private final ControlPlane server;
  private final Function<DaemonRequest, DaemonReply> daemon;

  SessionErrand(Spool spool, ControlPlane server, Function<DaemonRequest, DaemonReply> daemon) {
    this.spool = spool;
    this.server = server;
    this.daemon = daemon;
  }

  /**
   * What is meant.
   *
   * @param files of the upload, that the server knows and that have not ended
   */
  private record Meant(Instruction asked, Manifest upload, List<FileEntry> files) {

    /** Whether nothing else of the upload is left to do. */
    boolean isAll() {
      return upload.files().stream().filter(file -> !file.state().finished()).count()
          == files.size();
    }

    String reason() throws RefusedException {
      return asked.text("reason").filter(text -> !text.isBlank()).orElse("asked for by the server");
    }
  }

  Result pause(Instruction asked) throws RefusedException, IOException, InterruptedException {
    Meant meant = meant(asked);
    boolean isCancelled = asked.flag("cancel_inflight");
    if (meant.isAll()) {
      spool.hold(meant.upload().uploadId()); // also when the server cannot be reached
    }
    if (isCancelled) {
      tell(Word.RELEASE, meant.upload());
    }
    String reason = meant.reason();
    Result result =
        ask(
            meant,
            (project, session) ->
                Question.pause(
                    project,
                    new PauseUpload(
                        session,
                        reason,
                        isCancelled
                            ? InflightBehavior.CANCEL_INFLIGHT
                            : InflightBehavior.ALLOW_FINISH)));
    if (isCancelled) {
      tell(Word.RETRY, meant.upload()); // goes on with what is not paused
    }
    return result;
  }

  Result resume(Instruction asked) throws RefusedException, IOException, InterruptedException {
    Meant meant = meant(asked);
    spool.release(meant.upload().uploadId());
    String reason = meant.reason();
    Result result =
        ask(
            meant,
            (project, session) -> Question.resume(project, new ResumeUpload(session, reason)));
    tell(Word.RETRY, meant.upload());
    return result;
  }

  Result abort(Instruction asked) throws RefusedException, IOException, InterruptedException {
    Meant meant = meant(asked);
    String reason = meant.reason();
    Result result =
        ask(meant, (project, session) -> Question.abort(project, new AbortUpload(session, reason)));
    if (result.error() == null) {
      tell(Word.RELEASE, meant.upload());
      writeDown(meant, reason);
      spool.release(meant.upload().uploadId());
      tell(Word.RETRY, meant.upload());
    }
    return result;
  }

  private Meant meant(Instruction asked) throws RefusedException, IOException {
    Optional<UUID> session = asked.id("session_id");
    Optional<UUID> task = asked.id("task_id");
    if (session.isPresent() == task.isPresent()) {
      throw new RefusedException(
          "command_invalid", "payload names either a session_id or a task_id");
    }
    for (Manifest upload : spool.all()) {
      boolean isIt = task.map(UUID::toString).filter(id -> id.equals(upload.taskId())).isPresent();
      List<FileEntry> named =
          upload.files().stream().filter(file -> isIt || isOf(file, session)).toList();
      if (!named.isEmpty()) {
        return meant(asked, upload, named);
      }
    }
    throw new RefusedException(
        session.isPresent() ? "session_unknown" : "task_unknown",
        "this device has no upload of " + session.or(() -> task).map(UUID::toString).orElse(""));
  }

  private static Meant meant(Instruction asked, Manifest upload, List<FileEntry> named)
      throws RefusedException {
    List<FileEntry> open =
        named.stream().filter(f -> f.server() != null && !f.state().finished()).toList();
    boolean isDone =
        asked.command().equals("abort")
            && named.stream().allMatch(file -> file.state() == FileState.ABORTED);
    if (open.isEmpty() && !isDone) {
      throw new RefusedException("upload_finished", "it has ended already on this device");
    }
    return new Meant(asked, upload, open);
  }

  private static boolean isOf(FileEntry file, Optional<UUID> session) {
    ServerSide server = file.server();
    return server != null
        && session.map(UUID::toString).filter(server.sessionId()::equals).isPresent();
  }

  private interface Asking {
    Question<?> of(UUID project, UUID session);
  }

  /** Asks for every session; all of them are asked, whatever is said of one. */
  private Result ask(Meant meant, Asking asking) throws InterruptedException {
    UUID project = UUID.fromString(meant.upload().projectId());
    List<ErrorBody> refusals = new ArrayList<>();
    for (FileEntry file : meant.files()) {
      ServerSide open = file.server();
      if (open != null) {
        refusal(asking.of(project, UUID.fromString(open.sessionId()))).ifPresent(refusals::add);
      }
    }
    UUID id = meant.asked().commandId();
    Map<String, Object> result = Map.of("sessions", meant.files().size() - refusals.size());
    return refusals.isEmpty()
        ? Errand.done(id, result)
        : Errand.failed(id, refusals.getFirst().code(), refusals.getFirst().message(), result);
  }

  private Optional<ErrorBody> refusal(Question<?> question) throws InterruptedException {
    try {
      return server.ask(question) instanceof Answer.Refused<?>(ErrorBody error)
          ? Optional.of(error)
          : Optional.empty();
    } catch (UnreachableException e) {
      return Optional.of(
          new ErrorBody(
              "server_unreachable", String.valueOf(e.getMessage()), Map.of(), true, null));
    }
  }

  private void tell(Word word, Manifest upload) {
    var _ = daemon.apply(new DaemonRequest(word, upload.uploadId()));
  }

  /** Whoever works on it sees the end on the server by itself; nobody may for long. */
  private void writeDown(Meant meant, String reason) throws IOException {
    String id = meant.upload().uploadId();
    Optional<SpoolLock> free = spool.lock(id);
    long until = System.nanoTime() + LETTING_GO;
    while (free.isEmpty() && System.nanoTime() < until) {
      LockSupport.parkNanos(20_000_000);
      free = spool.lock(id);
    }
    if (free.isEmpty()) {
      return;
    }
    List<String> sessions = meant.files().stream().map(SessionErrand::sessionOf).toList();
    try (SpoolLock _ = free.get()) {
      Manifest now = spool.read(id).orElse(meant.upload());
      spool.save(
          now.withFiles(
              now.files().stream()
                  .map(file ->
                      file.state().finished() || !sessions.contains(sessionOf(file))
                          ? file
                          : file.ended(FileState.ABORTED, reason))
                  .toList()));
    }
  }

  private static String sessionOf(FileEntry file) {
    ServerSide server = file.server();
    return server == null ? "" : server.sessionId();
  }
}
