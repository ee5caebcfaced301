package io.waybill.agent.cli;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          + " it up again with waybill-agent resume."
    },
    optionListHeading = "%n",
    parameterListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  waybill-agent upload front_camera.mcap",
      "  waybill-agent upload /data/run-42/*.mcap --task-name run-42 --wait --progress",
      "  waybill-agent upload run.mcap --max-bytes-per-second 1M --checksum --json"
    })
final class UploadCommand implements Callable<Integer> {

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private TransferOptions transfer = new TransferOptions();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to upload.")
  private List<Path> paths = List.of();

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "Where it belongs (env WAYBILL_PROJECT_ID).")
  private @Nullable String project;

  @Option(
      names = "--task-name",
      paramLabel = "NAME",
      description = "What people will see; the first file's name when not given.")
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

  UploadCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Spool spool = context.spool();
    List<FileEntry> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(plan(path));
    }
    List<Manifest> manifests = new ArrayList<>();
    for (int from = 0; from < files.size(); from += Manifest.MAX_FILES) {
      manifests.add(
          write(spool, files.subList(from, Math.min(files.size(), from + Manifest.MAX_FILES))));
    }
    return new Uploads(context, server, transfer, spool).run(manifests).code();
  }

  private FileEntry plan(Path given) throws IOException {
    Path path = given.toAbsolutePath().normalize();
    if (!Files.isRegularFile(path)) {
      throw new UsageException(
          Files.isDirectory(path)
              ? given + " is a directory; name the files in it"
              : "there is no file " + given);
    }
    if (!Files.isReadable(path)) {
      throw new UsageException(given + " may not be read by this user");
    }
    FileStamp stamp = FileStamp.of(path);
    if (stamp.sizeBytes() == 0) {
      throw new UsageException(given + " is empty: there is nothing to upload");
    }
    String size = partSize;
    FileEntry entry =
        FileEntry.planned(
            path.toString(),
            path.getFileName().toString(),
            stamp,
            size == null ? null : Human.parseBytes("--part-size", size));
    return checksum ? entry.withChecksum(WholeSum.of(path)) : entry;
  }

  /** The same files asked for again while they are still under way are the same upload. */
  private Manifest write(Spool spool, List<FileEntry> files) throws IOException {
    Manifest.Owner owner = context.configuration().owner(project);
    String name = taskName == null ? files.getFirst().objectName() : taskName;
    Optional<Manifest> begun =
        spool.unfinished().stream()
            .filter(m ->
                m.projectId().equals(owner.projectId())
                    && m.deviceId().equals(owner.deviceId())
                    && m.taskName().equals(name)
                    && sameFiles(m.files(), files))
            .findFirst();
    if (begun.isPresent()) {
      context.say("this upload was begun before; taking it up: " + begun.get().uploadId());
      return begun.get();
    }
    Manifest manifest =
        Manifest.planned(UUID.randomUUID().toString(), owner, name, Instant.now(), files);
    spool.forgetOldFinished();
    spool.save(manifest);
    return manifest;
  }

  private static boolean sameFiles(List<FileEntry> known, List<FileEntry> asked) {
    return known.size() == asked.size()
        && java.util.stream.IntStream.range(0, known.size())
            .allMatch(n ->
                known.get(n).path().equals(asked.get(n).path())
                    && known.get(n).stamp().equals(asked.get(n).stamp()));
  }
}
