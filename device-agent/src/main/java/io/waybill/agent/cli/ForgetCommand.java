package io.waybill.agent.cli;

import io.waybill.agent.local.Program;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forget UPLOAD...}: takes uploads off this machine's list. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Takes uploads off this machine's list, and asks nobody.",
      "What is stored stays stored, and local files stay as they are. One that is unfinished is"
          + " forgotten by --force only: its session then ends by itself on the server. To end it"
          + " there, too, abort it first."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} forget 5f0c",
      "  ${ROOT-COMMAND-NAME} forget --finished --set-aside"
    })
final class ForgetCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      paramLabel = "UPLOAD",
      arity = "0..*",
      description = "An id as status shows it, or its beginning.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--finished", description = "All that are done, changed, refused or aborted.")
  private boolean finished;

  @Option(
      names = "--set-aside",
      description = "The manifests that could not be used, with their reasons.")
  private boolean setAside;

  @Option(names = "--force", description = "Also one that is unfinished.")
  private boolean force;

  ForgetCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    context.configuration().check();
    if (names.isEmpty() && !finished && !setAside) {
      throw new UsageException(
          "say which upload (see: " + Program.NAME + " status), or --finished, or --set-aside");
    }
    List<Lookup> chosen = new ArrayList<>();
    for (String name : names) {
      Lookup found = Lookup.of(context, name);
      found.one(name);
      chosen.add(found);
    }
    ExitCode worst = ExitCode.DONE;
    for (Lookup found : chosen) {
      worst = worst.worse(forget(found.spool(), found.manifests().getFirst()));
    }
    Spool spool = context.spool();
    if (finished) {
      for (Manifest manifest : spool.all().stream().filter(Manifest::finished).toList()) {
        worst = worst.worse(forget(spool, manifest));
      }
    }
    if (setAside) {
      context.terminal().print(Human.count(spool.forgetSetAside(), "manifest") + " forgotten");
    }
    return worst.code();
  }

  private ExitCode forget(Spool spool, Manifest manifest) throws IOException {
    String id = manifest.uploadId();
    if (!manifest.finished() && !force) {
      context.say(
          id
              + " is not finished; abort it first, which ends it on the server, too, or say --force");
      return ExitCode.USAGE;
    }
    Optional<SpoolLock> free = spool.lock(id);
    if (free.isEmpty()) {
      context.say("another process works on " + id);
      return ExitCode.USAGE;
    }
    try {
      spool.forget(id);
    } finally {
      free.get().close();
    }
    context.terminal().print(id + " (" + manifest.taskName() + "): forgotten");
    return ExitCode.DONE;
  }
}
