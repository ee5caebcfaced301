package io.waybill.agent.cli;

import io.waybill.agent.control.Question;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.Manifest;
import io.waybill.wire.Command.ResumeUpload;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code resume-session}: ends a pause. */
@Command(
    name = "resume-session",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Ends a pause, here and on the server.",
      "A process that works on the upload goes on by itself; without one, ${ROOT-COMMAND-NAME} resume"
          + " takes it up."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} resume-session",
      "  ${ROOT-COMMAND-NAME} resume-session 5f0c"
    })
final class ResumeSessionCommand implements Callable<Integer> {

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "UPLOAD", arity = "0..1", description = "An id as status shows it.")
  private @Nullable String name;

  ResumeSessionCommand(Context context) {
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
      found.spool().release(manifest.uploadId());
    }
    return new SessionCommand(context, server)
        .ask(
            found,
            "resumed",
            (project, session) -> Question.resume(project, new ResumeUpload(session, null)),
            manifest -> {
              if (State.of(manifest, found.spool()) == State.INTERRUPTED
                  && !new Handover(context, found.spool()).told()) {
                context.say("take it up with: " + Program.NAME + " resume " + manifest.uploadId());
              }
            })
        .code();
  }
}
