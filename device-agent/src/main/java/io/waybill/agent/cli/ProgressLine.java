package io.waybill.agent.cli;

import io.waybill.agent.upload.UploadProgress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One moment of an upload as one line. */
final class ProgressLine {

  private static final int SHORTEST_BAR = 8;

  private ProgressLine() {}

  /** Name, bar, and numbers, never longer than {@code columns}. */
  static String bar(UploadProgress progress, Rates rates, int columns) {
    String head = cut(progress.name(), 24) + " ";
    String tail = " " + numbers(progress, rates);
    int room = columns - head.length() - tail.length() - 3;
    if (room < SHORTEST_BAR) {
      return cut(head + tail.strip(), columns - 1);
    }
    int full = (int) (room * progress.doneBytes() / Math.max(1, progress.totalBytes()));
    String arrow = full > 0 && full < room ? "=".repeat(full - 1) + ">" : "=".repeat(full);
    return head + "[" + arrow + " ".repeat(room - full) + "]" + tail;
  }

  /** The same without a bar, with the session, for a log. */
  static String plain(UploadProgress progress, Rates rates) {
    String session = progress.sessionId();
    return progress.name()
        + (session == null ? "" : " (session " + session + ")")
        + ": "
        + numbers(progress, rates)
        + ", avg "
        + Human.bytes(rates.average())
        + "/s";
  }

  private static String numbers(UploadProgress progress, Rates rates) {
    long percent = progress.doneBytes() * 100 / Math.max(1, progress.totalBytes());
    StringBuilder text = new StringBuilder();
    text.append(percent).append(" % ");
    text.append(Human.bytes(progress.doneBytes())).append('/');
    text.append(Human.bytes(progress.totalBytes()));
    text.append(", ").append(progress.storedParts()).append('/').append(progress.parts());
    text.append(" parts, ");
    @Nullable String waiting = progress.waitingFor();
    if (waiting != null) {
      return text.append("waiting: ").append(waiting).toString();
    }
    text.append(Human.bytes(rates.now())).append("/s");
    if (rates.average() > 0) {
      long seconds = (progress.totalBytes() - progress.doneBytes()) / rates.average();
      text.append(", ETA ").append(Human.time(Duration.ofSeconds(seconds)));
    }
    if (progress.retries() > 0) {
      text.append(", ").append(progress.retries()).append(" retries");
    }
    return text.toString();
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "…";
  }
}
