package io.waybill.agent.cli;

import io.waybill.agent.local.Program;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code retry ID}: an upload that stands aside, or was refused, is tried at once. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Has the daemon try an upload now, whatever it waits for.",
      "What was refused is tried again, too. Without a daemon, ${ROOT-COMMAND-NAME} resume takes"
          + " it up."
    },
    parameterListHeading = "%n",
    footer = {"", "Examples", "  ${ROOT-COMMAND-NAME} retry 5f0c"})
final class RetryCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(paramLabel = "ID", description = "An id as status and queue show it.")
  private String name = "";

  RetryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    context.configuration().check();
    Lookup found = Lookup.of(context, name);
    Manifest upload = found.one(name);
    reopen(found.spool(), upload);
    if (new Handover(context, found.spool()).retried(upload.uploadId())) {
      context.terminal().print(upload.taskName() + ": the daemon tries it now");
    } else {
      context.say(
          "no daemon runs; take it up with: " + Program.NAME + " resume " + upload.uploadId());
    }
    return ExitCode.DONE.code();
  }

  /** What is under way needs nothing; what has ended by a refusal begins where it was. */
  private static void reopen(Spool spool, Manifest upload) throws IOException {
    Optional<SpoolLock> free = spool.lock(upload.uploadId());
    if (free.isPresent()) {
      try (SpoolLock _ = free.get()) {
        Manifest now = spool.read(upload.uploadId()).orElse(upload);
        spool.save(ResumeCommand.reopened(now));
      }
    }
  }
}
