package io.waybill.agent.cli;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.local.ObjectName;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code upload FILE...}: plans, writes the plan down, and carries it out. */
@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Uploads files as one task.",
      "The plan is on disk before the first request, so that an upload survives anything: take"
          + " it up again with ${ROOT-COMMAND-NAME} resume."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} upload front_camera.mcap",
      "  ${ROOT-COMMAND-NAME} upload /data/run-42/*.mcap --task-name run-42 --wait --progress",
      "  ${ROOT-COMMAND-NAME} upload -r /data/run-42 --include '*.mcap' --dry-run",
      "  ${ROOT-COMMAND-NAME} upload run.mcap --max-bytes-per-second 1M --checksum --json"
    })
final class UploadCommand implements Callable<Integer> {

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "What to upload; with -r, a folder, too.")
  private List<String> paths = List.of(); // as ByteText: a name is bytes

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "Where it belongs (env WAYBILL_PROJECT_ID).")
  private @Nullable String project;

  @Option(
      names = "--task-name",
      paramLabel = "NAME",
      description = "What people will see; the folder's or the first file's name when not given.")
  private @Nullable String taskName;

  @Option(
      names = "--part-size",
      paramLabel = "SIZE",
      description = "Ask for parts of this size, such as 16M; the server chooses when not given.")
  private @Nullable String partSize;

  @Option(
      names = "--checksum",
      description = "Read the file once more beforehand and send its SHA-256 along.")
  private boolean checksum;

  @Option(
      names = "--priority",
      paramLabel = "0-9",
      description = "How urgent it is beside others; 5 when not given.")
  private @Nullable Integer priority;

  @Option(
      names = "--detach",
      description = "Leave it to the daemon, and do not wait for it (exit 3 when none runs).")
  private boolean detach;

  @Mixin private Selection selection = new Selection();

  @Option(
      names = "--again",
      description = "Of a folder, also what is stored already with the same checksum.")
  private boolean again;

  @Option(names = "--dry-run", description = "Say what would be uploaded, and do nothing.")
  private boolean dryRun;

  UploadCommand(Context context) {
    this.context = context;
  }

  /** Nothing is written before all of the command is understood and every file was looked at. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    server.check(context.configuration());
    transfer.check();
    Integer urgency = priority;
    if (urgency != null && (urgency < 0 || urgency > WatchEntry.MOST_PRIORITY)) {
      throw new UsageException("--priority is 0 to 9, not " + urgency);
    }
    Long size = partSize == null ? null : Human.parseBytes("--part-size", partSize);
    Manifest.Owner owner = context.configuration().owner(project);
    selection.look(context, paths, size, checksum);
    Sifting sifting =
        selection.recursive() && !again
            ? Sifting.of(selection.files(), context, server, owner)
            : Sifting.none(selection.files());
    List<Report.LeftOut> leftOut = new ArrayList<>(selection.leftOut());
    leftOut.addAll(sifting.leftOut());
    sifting.leftOut().forEach(each -> context.say(each.path() + ": " + each.reason()));
    if (dryRun) {
      DryRun.tell(context.terminal(), sifting, leftOut, transfer.json());
      return (leftOut.isEmpty() ? ExitCode.DONE : ExitCode.USAGE).code();
    }
    return send(owner, sifting, leftOut).code();
  }

  private ExitCode detached(Spool spool, List<Manifest> manifests, ExitCode code) {
    boolean daemon = new Handover(context, spool).told();
    for (Manifest manifest : manifests) {
      context.terminal().print(manifest.uploadId());
    }
    if (!daemon) {
      context.say("no daemon runs; it is kept, and begins with the next run, or resume");
    }
    return daemon ? code : code.worse(ExitCode.UNREACHABLE);
  }

  private ExitCode send(Manifest.Owner owner, Sifting sifting, List<Report.LeftOut> leftOut)
      throws IOException, InterruptedException {
    if (!transfer.json()) {
      sifting.skipped().forEach(each -> context.say(each.path() + " is " + each.reason()));
    }
    ExitCode code = leftOut.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
    if (sifting.fresh().isEmpty() && sifting.begun().isEmpty()) {
      if (transfer.json()) {
        context.terminal().out().println(Report.json(List.of(), leftOut, sifting.skipped(), code));
      }
      return code;
    }
    Spool spool = context.spool();
    List<Manifest> manifests = new ArrayList<>(sifting.begun());
    sifting.begun().forEach(this::sayBegun);
    manifests.addAll(write(spool, owner, sifting.fresh()));
    return detach
        ? detached(spool, manifests, code)
        : new Uploads(context, server, transfer, spool).run(manifests, leftOut, sifting.skipped());
  }

  private void sayBegun(Manifest begun) {
    context.say("this upload was begun before; taking it up: " + begun.uploadId());
  }

  /** All of the plans, or none. */
  private List<Manifest> write(Spool spool, Manifest.Owner owner, List<FileEntry> files)
      throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    try {
      spool.forgetOldFinished();
      List<Manifest> unfinished = spool.unfinished();
      for (int from = 0; from < files.size(); from += Manifest.MAX_FILES) {
        int to = Math.min(files.size(), from + Manifest.MAX_FILES);
        Manifest manifest = planned(unfinished, owner, files.subList(from, to));
        boolean begun = unfinished.stream().anyMatch(m -> m.uploadId().equals(manifest.uploadId()));
        if (!begun) {
          fresh.add(manifest.uploadId());
          spool.save(manifest);
        }
        manifests.add(manifest);
      }
      return manifests;
    } catch (IOException e) {
      for (String uploadId : fresh) {
        spool.forget(uploadId);
      }
      throw e;
    }
  }

  /** The same files asked for again while they are still under way are the same upload. */
  private Manifest planned(List<Manifest> unfinished, Manifest.Owner owner, List<FileEntry> files) {
    String name = name(files);
    Optional<Manifest> begun =
        unfinished.stream()
            .filter(m ->
                m.projectId().equals(owner.projectId())
                    && m.deviceId().equals(owner.deviceId())
                    && m.taskName().equals(name)
                    && sameFiles(m.files(), files))
            .findFirst();
    if (begun.isPresent()) {
      sayBegun(begun.get());
      return begun.get();
    }
    return Manifest.planned(UUID.randomUUID().toString(), owner, name, Instant.now(), files)
        .withMaxBytesPerSecond(transfer.limit(null))
        .queued(priority == null ? WatchEntry.DEFAULT_PRIORITY : priority, null);
  }

  private String name(List<FileEntry> files) {
    if (taskName != null) {
      return ObjectName.text(taskName);
    }
    String folder = selection.folderName();
    return folder == null ? files.getFirst().objectName() : folder;
  }

  private static boolean sameFiles(List<FileEntry> known, List<FileEntry> asked) {
    return known.size() == asked.size()
        && java.util.stream.IntStream.range(0, known.size())
            .allMatch(n ->
                known.get(n).path().equals(asked.get(n).path())
                    && known.get(n).stamp().equals(asked.get(n).stamp()));
  }
}
