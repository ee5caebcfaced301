package io.waybill.allinone.demo;

import io.waybill.agent.upload.UploadListener;
import io.waybill.agent.upload.UploadStep;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what happens as it happens, each step with its time, and remembers how it ended. */
final class Narrator implements UploadListener {
  private final PrintStream out;
  private final AtomicLong storedBytes = new AtomicLong();
  private final AtomicReference<UploadStep.@Nullable Completed> completed = new AtomicReference<>();

  private final Consumer<String> opened;

  /**
   * Tells it to a stream.
   *
   * @param opened is told the id of the task, as soon as there is one
   */
  Narrator(PrintStream out, Consumer<String> opened) {
    this.out = out;
    this.opened = opened;
  }

  /** One line: who did what, and how long it took. */
  void tell(String who, String what, Duration took) {
    out.printf(Locale.ROOT, "%8.0f ms  %-9s %s%n", took.toNanos() / 1e6, who, what);
  }

  /** One line about something that took no time of its own. */
  void tell(String who, String what) {
    out.printf(Locale.ROOT, "%11s  %-9s %s%n", "", who, what);
  }

  void say(String line) {
    out.println(line);
  }

  @Override
  public void step(UploadStep step) {
    switch (step) {
      case UploadStep.Opened made -> {
        tell(
            "MQTT",
            "create_session: %d parts of up to %s, first %d URLs in the same answer"
                .formatted(made.partCount(), mib(made.partSizeBytes()), made.urls()),
            made.took());
        opened.accept(made.taskId());
      }
      case UploadStep.Presigned presigned ->
          tell("MQTT", "presign_parts: " + presigned.urls() + " URLs", presigned.took());
      case UploadStep.Stored stored -> {
        storedBytes.addAndGet(stored.bytes());
        tell(
            "S3",
            "PUT part %d, %,d bytes, from the device straight to storage"
                .formatted(stored.part(), stored.bytes()),
            stored.took());
      }
      case UploadStep.Acknowledged acknowledged ->
          tell("MQTT", "acknowledge_part: " + acknowledged.parts() + " parts", acknowledged.took());
      case UploadStep.Completed done -> {
        completed.set(done);
        tell("MQTT", "complete_upload: storage has the object, its size is checked", done.took());
      }
      case UploadStep.Reconciled reconciled ->
          tell(
              "MQTT",
              "list_parts: storage has %d of %d".formatted(reconciled.stored(), reconciled.of()),
              reconciled.took());
      case UploadStep.Again again ->
          tell("S3", "part " + again.part() + " goes again: " + again.reason());
      case UploadStep.Checking checking ->
          tell("device", "all parts are stored; reads the file once more and compares");
      case UploadStep.Waiting waiting -> tell("device", "waits: " + waiting.reason());
      case UploadStep.GoesOn goesOn -> tell("device", "goes on");
      case UploadStep.Extended extended -> tell("MQTT", "extend_upload");
      case UploadStep.Restarted restarted -> tell("MQTT", "retry_object: " + restarted.reason());
      case UploadStep.Ended ended -> tell("device", ended.state() + ": " + ended.reason());
      case UploadStep.Warned warned -> tell("device", warned.text());
    }
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.0f MiB", bytes / 1048576.0);
  }

  /** How the upload was completed, if it was. */
  UploadStep.@Nullable Completed completed() {
    return completed.get();
  }

  long storedBytes() {
    return storedBytes.get();
  }
}
