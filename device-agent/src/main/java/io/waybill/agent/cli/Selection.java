package io.waybill.agent.cli;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.ObjectName;
import io.waybill.agent.local.Shown;
import io.waybill.agent.selection.FolderWalk;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.watch.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which files an upload is about. */
final class Selection {

  @Option(
      names = {"-r", "--recursive"},
      description =
          "Take the files of folders, too, and of the folders in them; links are not followed. Each"
              + " is summed (SHA-256), and one that is stored already with that sum is skipped.")
  private boolean recursive;

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description =
          "Of a folder, only what this is about, such as '*.mcap' or 'run-*/**'; may be repeated.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Of a folder, nothing that this is about; may be repeated.")
  private List<String> exclude = new ArrayList<>();

  private final List<FileEntry> files = new ArrayList<>();
  private final List<Report.LeftOut> leftOut = new ArrayList<>();
  private @Nullable String folderName;

  boolean recursive() {
    return recursive;
  }

  /** What people will see of a folder; null where none was named. */
  @Nullable String folderName() {
    return folderName;
  }

  /** The files, in order. */
  List<FileEntry> files() {
    return files;
  }

  /** What was named and cannot be taken. */
  List<Report.LeftOut> leftOut() {
    return leftOut;
  }

  /** Looks at everything that was named; nothing is written. */
  void look(Context context, List<String> paths, @Nullable Long partSize, boolean checksum)
      throws IOException {
    if (!recursive && !(include.isEmpty() && exclude.isEmpty())) {
      throw new UsageException("--include and --exclude are about folders: they go with -r");
    }
    for (String path : paths) {
      if (recursive && !path.isEmpty() && Files.isDirectory(LocalPath.of(path))) {
        folder(context, LocalPath.of(path), partSize);
      } else {
        take(context, path, LocalFilePlan.of(path, partSize, checksum));
      }
    }
  }

  private static List<Glob> patterns(List<String> globs) {
    try {
      return globs.stream().map(Glob::new).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException("a glob is wrong: " + e.getMessage());
    }
  }

  private void folder(Context context, Path folder, @Nullable Long partSize) throws IOException {
    FolderWalk walk = new FolderWalk(patterns(include), patterns(exclude)).walk(folder);
    if (folderName == null) {
      folderName = ObjectName.of(LocalPath.name(folder));
    }
    for (FolderWalk.Found each : walk.found()) {
      String path = LocalPath.text(each.file());
      take(context, path, LocalFilePlan.of(path, ObjectName.of(each.relative()), partSize, false));
    }
    for (FolderWalk.Unreadable each : walk.unreadable()) {
      String path = LocalPath.text(each.path());
      take(context, path, new LocalFilePlan.Unusable(path + " cannot be read: " + each.reason()));
    }
    if (walk.others() > 0) {
      context.say(
          LocalPath.text(folder)
              + ": "
              + walk.others()
              + " passed over: links, sockets and devices are no files");
    }
  }

  private void take(Context context, String path, LocalFilePlan plan) {
    switch (plan) {
      case LocalFilePlan.Usable(FileEntry entry) -> files.add(named(context, entry));
      case LocalFilePlan.Unusable(String reason) -> {
        context.say(reason);
        leftOut.add(new Report.LeftOut(Shown.line(path), Shown.line(reason)));
      }
    }
  }

  private static FileEntry named(Context context, FileEntry entry) {
    String own = LocalPath.name(entry.file());
    if (!own.equals(entry.objectName())) {
      context.say(own + " is sent as " + entry.objectName());
    }
    return entry;
  }
}
