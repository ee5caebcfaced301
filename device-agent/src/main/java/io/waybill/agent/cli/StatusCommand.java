package io.waybill.agent.cli;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Patience;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.Waiting;
import io.waybill.wire.Diagnosis;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: what this machine knows of its uploads, and what the server says of them. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Shows how far each upload is, and what is in its way.",
      "These are the uploads of the state directory. Of unfinished ones the server is asked,"
          + " too, over MQTT or over HTTP."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} status",
      "  ${ROOT-COMMAND-NAME} status 5f0c --api-url https://waybill.example",
      "  ${ROOT-COMMAND-NAME} status --json --local | jq '.uploads[] | select(.state == \"interrupted\")'"
    })
final class StatusCommand implements Callable<Integer> {

  /** A person waits for this; what the server would have said comes with the next status. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "UPLOAD", arity = "0..1", description = "An id, or its beginning.")
  private @Nullable String name;

  @Option(names = "--local", description = "Ask nobody.")
  private boolean local;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (local) {
      context.configuration().check();
    } else {
      server.check(context.configuration());
    }
    Spool spool = context.spool();
    String named = name;
    List<Manifest> manifests =
        named == null ? spool.all() : List.of(Lookup.of(context, named).one(named));
    ServerWord said = local ? new ServerWord() : ask(manifests);
    List<Report.UploadView> views = new ArrayList<>();
    for (Manifest manifest : manifests) {
      views.add(Report.view(manifest, State.of(manifest, spool), said.sessions));
    }
    List<Path> setAside = spool.setAside();
    PrintStream out = context.terminal().out();
    if (json) {
      out.println(Report.json(views, said.trouble, setAside));
    } else if (views.isEmpty()) {
      context.terminal().print("no uploads yet; begin one with: " + Program.NAME + " upload FILE");
    } else {
      views.forEach(this::print);
    }
    if (!setAside.isEmpty()) {
      context.say(
          Human.count(setAside.size(), "manifest")
              + " could not be used; see "
              + spool.shown()
              + "/set-aside");
    }
    return (said.refused ? ExitCode.REFUSED : ExitCode.DONE).code();
  }

  /** What the server said of every open session, by its id. */
  private static final class ServerWord {
    private final Map<String, Result.Session> sessions = new HashMap<>();
    private @Nullable String trouble;
    private boolean refused;
  }

  /** The first silence ends the asking, and so does a refusal of who we are. */
  private ServerWord ask(List<Manifest> manifests) throws InterruptedException {
    ServerWord said = new ServerWord();
    if (manifests.stream().allMatch(Manifest::finished)) {
      return said;
    }
    try (ControlPlane plane = plane()) {
      for (Manifest manifest : manifests) {
        for (FileEntry file : manifest.files()) {
          ServerSide open = file.server();
          if (open != null && !file.state().finished() && !said.refused) {
            ask(plane, manifest, open, said);
          }
        }
      }
    } catch (UnreachableException e) {
      said.trouble = e.getMessage();
    }
    if (said.trouble != null) {
      context.say(said.trouble + "; what follows is what this machine knows");
    }
    return said;
  }

  private ControlPlane plane() {
    Duration patience = context.configuration().patience().unreachable();
    patience = patience.compareTo(PATIENCE) < 0 ? patience : PATIENCE;
    return server.open(
        context.configuration(), new Patience(patience, patience), new Voice(context.terminal()));
  }

  private void ask(ControlPlane plane, Manifest manifest, ServerSide open, ServerWord said)
      throws UnreachableException, InterruptedException {
    UUID project = UUID.fromString(manifest.projectId());
    switch (plane.ask(Question.status(project, UUID.fromString(open.sessionId())))) {
      case Answer.Done<Result.Session>(Result.Session session) ->
          said.sessions.put(open.sessionId(), session);
      case Answer.Refused<Result.Session>(ErrorBody error) when Refusals.ofUs(error) -> {
        said.refused = true;
        said.trouble = error.code() + ": " + error.message();
      }
      case Answer.Refused<Result.Session>(ErrorBody error) ->
          context.say(open.sessionId() + ": " + error.code() + ": " + error.message());
    }
  }

  private void print(Report.UploadView upload) {
    Terminal terminal = context.terminal();
    terminal.print(line(upload));
    if (upload.standing() != null) {
      terminal.print("          the last try ended: " + upload.standing());
    }
    for (Report.FileView file : upload.files()) {
      String reason = file.reason();
      if (reason != null) {
        terminal.print("          " + file.name() + ": " + reason);
      }
      Waiting waiting = file.waiting();
      if (waiting != null) {
        terminal.print("          " + file.name() + ": waits: " + waiting.inWords());
      }
      Report.ServerView known = file.server();
      if (known != null) {
        terminal.print("          " + file.name() + ": " + onTheServer(known));
      }
      if (known != null && known.diagnosis() != null) {
        terminal.print("          " + file.name() + ": " + inWords(known.diagnosis()));
      }
    }
  }

  /** As the server says it: the same words stand in its API and in the console. */
  private static String inWords(Diagnosis diagnosis) {
    return diagnosis.cause() + ": " + diagnosis.message() + "; next: " + diagnosis.nextStep();
  }

  private static String onTheServer(Report.ServerView session) {
    String reason = session.reason();
    return "on the server "
        + session.status().toLowerCase(Locale.ROOT)
        + (reason == null ? "" : " (" + reason + ")")
        + ", "
        + session.uploadedPartCount()
        + " of "
        + session.partCount()
        + " parts, until "
        + session.expiresAt();
  }

  private static String line(Report.UploadView upload) {
    long percent = upload.sentBytes() * 100 / Math.max(1, upload.sizeBytes());
    return String.format(
        Locale.ROOT,
        "%.8s  %-11s %3d %%  %s of %s  %s",
        upload.uploadId(),
        upload.state(),
        percent,
        Human.bytes(upload.sentBytes()),
        Human.bytes(upload.sizeBytes()),
        upload.taskName());
  }
}
