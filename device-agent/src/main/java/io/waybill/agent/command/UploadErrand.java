package io.waybill.agent.command;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.ObjectName;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.wire.DeviceNotice.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Uploads what the server asks for. The upload has the id of its command, so that there is one of
 * it however often the command comes, and whenever the machine dies.
 */
final class UploadErrand {

  /** Two writes within so short a time may have the same one. */
  private static final Duration TIME_OF_A_FILE = Duration.ofSeconds(2);

  private static final int MOST_PATHS = 100;
  private static final int MOST_PRIORITY = 9;
  private static final int MOST_NAME = 255;
  private static final int MOST_TOLD = 20;

  private final Spool spool;
  private final Manifest.Owner owner;
  private final Roots roots;
  private final InstantSource clock;
  private final Map<UUID, FileTime> looked = new HashMap<>();

  UploadErrand(Spool spool, Manifest.Owner owner, Roots roots, InstantSource clock) {
    this.spool = spool;
    this.owner = owner;
    this.roots = roots;
    this.clock = clock;
  }

  /** Writes down an upload of what was asked for. */
  Result begin(Instruction asked) throws RefusedException, IOException {
    String uploadId = asked.commandId().toString();
    if (spool.read(uploadId).isEmpty()) { // else we died before we could say so
      spool.save(planned(uploadId, asked));
    }
    return Errand.accepted(asked.commandId());
  }

  private Manifest planned(String uploadId, Instruction asked)
      throws RefusedException, IOException {
    List<String> paths = asked.texts("paths", MOST_PATHS);
    if (paths.isEmpty()) {
      throw new RefusedException("command_invalid", "payload.paths names no file");
    }
    int priority = asked.number("priority", 0, MOST_PRIORITY).orElse(WatchEntry.DEFAULT_PRIORITY);
    String project = asked.id("project_id").map(UUID::toString).orElseGet(owner::projectId);
    Optional<String> name = asked.text("task_name");
    List<FileEntry> files = files(paths);
    return Manifest.planned(
            uploadId,
            new Manifest.Owner(owner.tenantId(), owner.deviceId(), project),
            name.filter(text -> !text.isBlank()).map(UploadErrand::cut).orElseGet(() -> of(files)),
            clock.instant(),
            files)
        .queued(priority, null);
  }

  private static String cut(String name) {
    String text = ObjectName.text(name);
    return text.length() > MOST_NAME ? text.substring(0, MOST_NAME) : text;
  }

  private static String of(List<FileEntry> files) {
    String first = files.getFirst().objectName();
    return files.size() == 1 ? cut(first) : files.size() + " files that were asked for";
  }

  /** Who names a file hears why it cannot be had; a pattern leaves it out. */
  private List<FileEntry> files(List<String> paths) throws RefusedException, IOException {
    Walk walk = new Walk(roots, Mounts.now(), Manifest.MAX_FILES, e -> unfit(e).isEmpty());
    for (String path : paths) {
      for (Walk.Entry entry : walk.add(path)) {
        Optional<RefusedException> unfit = unfit(entry);
        if (unfit.isPresent()) {
          throw unfit.get();
        }
      }
    }
    if (walk.more()) {
      throw new RefusedException(
          "too_many_files",
          "more than "
              + Manifest.MAX_FILES
              + " files are meant, and that is the most of one upload");
    }
    if (walk.found().isEmpty()) {
      throw new RefusedException("no_files", "no file of this device is meant by these paths");
    }
    List<FileEntry> files = new ArrayList<>();
    for (Walk.Entry entry : walk.found()) {
      files.add(
          FileEntry.planned(
              LocalPath.stored(entry.path()),
              ObjectName.of(LocalPath.name(entry.path())),
              FileStamp.of(entry.path()),
              null));
    }
    return files;
  }

  /** Why this cannot be uploaded; it is not opened for that, because a FIFO would wait. */
  private static Optional<RefusedException> unfit(Walk.Entry entry) {
    String path = RefusedException.shown(LocalPath.text(entry.path()));
    if (entry.attributes().isDirectory()) {
      return Optional.of(
          new RefusedException(
              "not_a_file", path + " is a directory; its files are " + path + "/*"));
    }
    if (!entry.attributes().isRegularFile()) {
      return Optional.of(new RefusedException("not_a_file", path + " is no regular file"));
    }
    if (entry.attributes().size() == 0) {
      return Optional.of(new RefusedException("empty_file", path + " is empty"));
    }
    return Files.isReadable(entry.path())
        ? Optional.empty()
        : Optional.of(new RefusedException("not_readable", path + " may not be read by the agent"));
  }

  /** What came of an upload that was begun, once it is over. */
  Optional<Result> outcome(UUID commandId) throws IOException {
    String uploadId = commandId.toString();
    FileTime written;
    try {
      written = Files.getLastModifiedTime(spool.pathOf(uploadId));
    } catch (NoSuchFileException e) {
      return Optional.of(
          Errand.failed(
              commandId, "upload_forgotten", "somebody at the device has forgotten it", Map.of()));
    }
    if (written.equals(looked.get(commandId))) {
      return Optional.empty();
    }
    if (written.toInstant().plus(TIME_OF_A_FILE).isBefore(clock.instant())) {
      looked.put(commandId, written);
    }
    Optional<Result> over =
        spool.read(uploadId).filter(Manifest::finished).map(upload -> of(commandId, upload));
    over.ifPresent(_ -> looked.remove(commandId));
    return over;
  }

  private static Result of(UUID commandId, Manifest upload) {
    List<FileEntry> missing =
        upload.files().stream().filter(file -> file.state() != FileState.DONE).toList();
    Map<String, Object> result = new LinkedHashMap<>();
    if (upload.taskId() != null) {
      result.put("task_id", upload.taskId());
    }
    result.put("files", upload.files().size() - missing.size());
    if (missing.isEmpty()) {
      result.put("size_bytes", upload.sizeBytes());
      return Errand.done(commandId, result);
    }
    result.put("missing", missing.stream().limit(MOST_TOLD).map(UploadErrand::told).toList());
    return Errand.failed(
        commandId,
        "upload_failed",
        missing.size()
            + " of "
            + upload.files().size()
            + " files were not stored: "
            + told(missing.getFirst()).values(),
        result);
  }

  private static Map<String, Object> told(FileEntry file) {
    String reason = file.reason() == null ? "" : file.reason();
    return Map.of(
        "path",
        RefusedException.shown(LocalPath.text(file.file())),
        "state",
        file.state().name().toLowerCase(Locale.ROOT),
        "reason",
        reason.length() > 500 ? reason.substring(0, 500) : reason);
  }
}
