package io.waybill.agent.cli;

import io.waybill.agent.control.Question;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.Manifest;
import io.waybill.wire.Command.InflightBehavior;
import io.waybill.wire.Command.PauseUpload;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pause}: no further part is started, here at once, and on the server. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Pauses uploads, here and on the server.",
      "Whichever process works on them starts no further part, and the server issues no"
          + " further URL. Parts under way may finish."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} pause                   every unfinished upload",
      "  ${ROOT-COMMAND-NAME} pause 5f0c --reason \"the link is needed\""
    })
final class PauseCommand implements Callable<Integer> {

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "UPLOAD", arity = "0..1", description = "An id as status shows it.")
  private @Nullable String name;

  @Option(names = "--reason", paramLabel = "TEXT", description = "What people will see.")
  private @Nullable String reason;

  PauseCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    server.check(context.configuration());
    Lookup found = Lookup.of(context, name);
    if (name != null) {
      found.one(name);
    }
    for (Manifest manifest : found.manifests()) {
      found.spool().hold(manifest.uploadId()); // also when the server cannot be reached
    }
    return new SessionCommand(context, server)
        .ask(
            found,
            "paused; go on with: " + Program.NAME + " resume-session",
            (project, session) ->
                Question.pause(
                    project, new PauseUpload(session, reason, InflightBehavior.ALLOW_FINISH)),
            manifest -> {})
        .code();
  }
}
