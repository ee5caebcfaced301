package io.waybill.agent.cli;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.wire.ErrorBody;
import java.io.IOException;
import java.util.UUID;
import java.util.function.BiFunction;

/** What pause, resume-session and abort have in common: one question per session of an upload. */
final class SessionCommand {

  private final Context context;
  private final ServerOptions server;

  SessionCommand(Context context, ServerOptions server) {
    this.context = context;
    this.server = server;
  }

  /** What is done with an upload once its files have been asked about. */
  interface Effect {
    void on(Manifest manifest) throws IOException;
  }

  /**
   * Asks for every open file of the uploads found.
   *
   * @param question made from project and session
   */
  ExitCode ask(
      Lookup found, String done, BiFunction<UUID, UUID, Question<?>> question, Effect effect)
      throws IOException, InterruptedException {
    ExitCode worst = ExitCode.DONE;
    try (ControlPlane plane =
        server.open(
            context.configuration(),
            context.configuration().patience(),
            new Voice(context.terminal()))) {
      for (Manifest manifest : found.manifests()) {
        ExitCode code = ask(plane, manifest, done, question);
        worst = worst.worse(code);
        if (code == ExitCode.DONE) {
          effect.on(manifest);
        }
      }
    }
    return worst;
  }

  private ExitCode ask(
      ControlPlane plane,
      Manifest manifest,
      String done,
      BiFunction<UUID, UUID, Question<?>> question)
      throws InterruptedException {
    ExitCode worst = ExitCode.DONE;
    UUID project = UUID.fromString(manifest.projectId());
    for (FileEntry file : manifest.files()) {
      ServerSide open = file.server();
      if (open != null && !file.state().finished()) {
        worst =
            worst.worse(
                ask(plane, file, done, question.apply(project, UUID.fromString(open.sessionId()))));
      }
    }
    return worst;
  }

  private ExitCode ask(ControlPlane plane, FileEntry file, String done, Question<?> question)
      throws InterruptedException {
    try {
      return switch (plane.ask(question)) {
        case Answer.Done<?> answered -> {
          context.terminal().print(file.shownName() + ": " + done);
          yield ExitCode.DONE;
        }
        case Answer.Refused<?>(ErrorBody error) -> {
          context.say(file.shownName() + ": " + error.code() + ": " + error.message());
          yield ExitCode.REFUSED;
        }
      };
    } catch (UnreachableException e) {
      context.say(file.shownName() + ": " + e.getMessage());
      return ExitCode.UNREACHABLE;
    }
  }
}
