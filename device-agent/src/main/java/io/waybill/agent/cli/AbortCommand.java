package io.waybill.agent.cli;

import io.waybill.agent.control.Question;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import io.waybill.wire.Command.AbortUpload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code abort ID}: gives an upload up for good; the local file stays. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Gives an upload up for good.",
      "The server forgets its parts. The local file stays as it is."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {"", "Examples", "  ${ROOT-COMMAND-NAME} abort 5f0c --reason \"wrong file\""})
final class AbortCommand implements Callable<Integer> {

  private static final long LETTING_GO = Duration.ofSeconds(3).toNanos();

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "ID", description = "An id as status shows it, or a session's.")
  private String name = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "What people will see.")
  private @Nullable String reason;

  AbortCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    server.check(context.configuration());
    Lookup found = Lookup.of(context, name);
    found.one(name);
    return new SessionCommand(context, server)
        .ask(
            found,
            "aborted",
            (project, session) -> Question.abort(project, new AbortUpload(session, reason)),
            manifest -> ended(found.spool(), manifest))
        .code();
  }

  /** A process that works on it sees the end on the server and writes it down itself. */
  private void ended(Spool spool, Manifest manifest) throws IOException {
    new Handover(context, spool).released(manifest.uploadId());
    Optional<SpoolLock> free = lock(spool, manifest.uploadId());
    if (free.isEmpty()) {
      return;
    }
    try {
      List<FileEntry> files =
          spool.read(manifest.uploadId()).orElse(manifest).files().stream()
              .map(file ->
                  file.state().finished()
                      ? file
                      : file.ended(FileState.ABORTED, reason == null ? "by hand" : reason))
              .toList();
      spool.save(manifest.withFiles(files));
    } finally {
      free.get().close();
    }
  }

  /** A daemon that lets go of it writes down first how far it was. */
  private static Optional<SpoolLock> lock(Spool spool, String uploadId) throws IOException {
    long until = System.nanoTime() + LETTING_GO;
    Optional<SpoolLock> free = spool.lock(uploadId);
    while (free.isEmpty() && System.nanoTime() < until) {
      LockSupport.parkNanos(20_000_000);
      free = spool.lock(uploadId);
    }
    return free;
  }
}
