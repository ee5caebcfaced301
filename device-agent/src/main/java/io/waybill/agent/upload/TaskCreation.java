package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Has the server make one task of all files of an upload. */
final class TaskCreation {

  private static final int MOST_FIRST_URLS = 100;

  private final Manifest manifest;
  private final List<FileRun> files;
  private final RunContext context;
  private final Consumer<String> onCreated;

  /**
   * @param onCreated told the id of the task before its files are
   */
  TaskCreation(
      Manifest manifest, List<FileRun> files, RunContext context, Consumer<String> onCreated) {
    this.manifest = manifest;
    this.files = files;
    this.context = context;
    this.onCreated = onCreated;
  }

  /** The task is made once; what is not in it by then needs another one. */
  static void leaveOut(FileRun file) {
    file.happened(
        new Event.Hopeless(
            "the server made the task without it; to upload it all the same: "
                + Program.NAME
                + " upload "
                + LocalPath.quoted(file.entry().file())));
  }

  void ask() {
    List<FileEntry> planned = manifest.files();
    int first =
        Math.max(
            1, Math.min(2 * context.settings().connections(), MOST_FIRST_URLS / planned.size()));
    context.ask(
        Question.create(
            new Command.CreateSession(
                context.projectId(),
                manifest.taskName(),
                "device",
                UUID.fromString(manifest.deviceId()),
                null,
                null,
                planned.stream().map(TaskCreation::object).toList(),
                Map.of(),
                new Command.PresignFirst(first, null, Command.Encoding.COMPACT)),
            manifest.idempotencyKey()),
        this::created,
        this::createRefused);
  }

  private void createRefused(ErrorBody error) {
    files.forEach(file -> file.happened(new Event.NotCreated(error)));
  }

  private static Command.NewObject object(FileEntry file) {
    return new Command.NewObject(
        null,
        file.objectName(),
        file.stamp().sizeBytes(),
        null,
        file.requestedPartSizeBytes(),
        file.checksumSha256(),
        Map.of());
  }

  private void created(Result.UploadTask task, Duration took) {
    String id = task.taskId().toString();
    onCreated.accept(id);
    for (int n = 0; n < files.size(); n++) {
      if (n < task.objects().size()) {
        files.get(n).talk().opened(id, task.objects().get(n), task.createdAt(), took);
      } else {
        leaveOut(files.get(n));
      }
    }
  }
}
