package io.waybill.agent.cli;

import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume [UPLOAD|MANIFEST]}: takes up what was interrupted. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Takes up interrupted uploads.",
      "Asks the server which parts are stored, and sends only the others. It does not matter"
          + " which way the upload was begun, over MQTT or over HTTP."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} resume                    every unfinished upload of the state directory",
      "  ${ROOT-COMMAND-NAME} resume 5f0c               the upload whose id begins so",
      "  ${ROOT-COMMAND-NAME} resume --api-url https://waybill.example    go on over HTTP",
      "  ${ROOT-COMMAND-NAME} resume SESSION --file front.mcap    what was begun in a browser"
    })
final class ResumeCommand implements Callable<Integer> {

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Parameters(
      paramLabel = "UPLOAD|MANIFEST",
      arity = "0..1",
      description = "An id as status shows it, or the beginning of one, or a manifest's path.")
  private @Nullable String name;

  @Option(
      names = "--force",
      description =
          "Take up also what was refused. A file that changed is another upload all the same.")
  private boolean force;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Take up an upload that was begun elsewhere, named by its session: its file is here."
              + " Parts that others sent are sent again.")
  private @Nullable String file;

  ResumeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    server.check(context.configuration());
    transfer.check();
    return file == null || isKnown() ? known() : adopted(file);
  }

  /** What was taken up once is an upload of this machine. */
  private boolean isKnown() throws IOException {
    return name != null && !Lookup.of(context, name).manifests().isEmpty();
  }

  /** Takes up what others have begun. */
  private int adopted(String path) throws IOException, InterruptedException {
    if (name == null) {
      throw new UsageException("--file goes with the id of a session");
    }
    try {
      Optional<Manifest> adopted = new Adoption(context, server).of(name, path);
      if (adopted.isEmpty()) {
        return ExitCode.REFUSED.code();
      }
      Spool spool = context.spool();
      spool.save(adopted.get());
      return new Uploads(context, server, transfer, spool)
          .run(List.of(adopted.get()), List.of(), List.of())
          .code();
    } catch (UnreachableException e) {
      context.say(String.valueOf(e.getMessage()));
      return ExitCode.UNREACHABLE.code();
    }
  }

  /** Takes up what was begun here. */
  private int known() throws IOException, InterruptedException {
    Lookup found = Lookup.of(context, name);
    String named = name;
    List<Manifest> manifests = named == null ? found.manifests() : List.of(found.one(named));
    Spool spool = found.spool();
    ExitCode code = named == null && unusable(spool) ? ExitCode.USAGE : ExitCode.DONE;
    if (manifests.isEmpty()) {
      context.say(
          code == ExitCode.DONE
              ? "nothing is unfinished"
              : "nothing is unfinished, as far as it can be read");
    }
    for (Manifest manifest : manifests) {
      if (force) {
        spool.save(reopened(manifest));
      }
    }
    ExitCode uploaded =
        new Uploads(context, server, transfer, spool).run(manifests, List.of(), List.of());
    return code.worse(uploaded).code();
  }

  /** An upload whose manifest is lost would never be missed, if nobody spoke of it. */
  private boolean unusable(Spool spool) throws IOException {
    List<Path> setAside = spool.setAside();
    if (!setAside.isEmpty()) {
      context.say(
          Human.count(setAside.size(), "manifest")
              + " could not be used; see "
              + spool.shown()
              + "/set-aside"
              + ", upload those files again, and remove what is there");
    }
    return !setAside.isEmpty() || spool.leftInPlace();
  }

  static Manifest reopened(Manifest manifest) {
    return manifest.withFiles(
        manifest.files().stream()
            .map(file ->
                file.state() == FileState.REFUSED
                    ? file.ended(file.server() == null ? FileState.PLANNED : FileState.OPEN, null)
                    : file)
            .toList());
  }
}
