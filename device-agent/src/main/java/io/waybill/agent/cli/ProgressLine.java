package io.waybill.agent.cli;

import io.waybill.agent.local.Shown;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One moment of an upload as one line. */
final class ProgressLine {

  private static final int SHORTEST_BAR = 8;

  private ProgressLine() {}

  /** Name, bar, and as many numbers as fit beside it; always shorter than {@code columns}. */
  static String bar(UploadProgress progress, Rates rates, int columns) {
    int most = columns - 1; // in the last column many terminals begin a new line
    String head = Columns.cut(Shown.line(progress.name()), Math.clamp(most / 3, 4, 24)) + " ";
    List<String> numbers = numbers(progress, rates);
    for (int count = numbers.size(); count > 0; count--) {
      String tail = " " + String.join(", ", numbers.subList(0, count));
      int room = most - Columns.of(head) - Columns.of(tail) - 2;
      if (room >= SHORTEST_BAR) {
        return head + bar(progress, room) + tail;
      }
    }
    return Columns.cut(head + String.join(", ", numbers), most);
  }

  private static String bar(UploadProgress progress, int room) {
    int full = (int) (room * progress.doneBytes() / Math.max(1, progress.totalBytes()));
    String arrow = full > 0 && full < room ? "=".repeat(full - 1) + ">" : "=".repeat(full);
    return "[" + arrow + " ".repeat(room - full) + "]";
  }

  /** The same without a bar, with the session, for a log. */
  static String plain(UploadProgress progress, Rates rates) {
    String session = progress.sessionId();
    return Shown.line(progress.name())
        + (session == null ? "" : " (session " + session + ")")
        + ": "
        + String.join(", ", numbers(progress, rates));
  }

  /** The more important ones first: the last ones are left out where there is no room. */
  private static List<String> numbers(UploadProgress progress, Rates rates) {
    long percent = progress.doneBytes() * 100 / Math.max(1, progress.totalBytes());
    if (progress.storedParts() < progress.parts()) {
      percent = Math.min(percent, 99); // what is on its way has not arrived
    }
    List<String> numbers = new ArrayList<>();
    numbers.add(
        percent
            + " % "
            + Human.bytes(progress.doneBytes())
            + "/"
            + Human.bytes(progress.totalBytes()));
    Waiting waiting = progress.waiting();
    if (waiting != null) {
      numbers.add("waiting: " + Shown.line(waiting.inWords()));
      return numbers;
    }
    numbers.add(Human.bytes(rates.now()) + "/s");
    if (rates.average() > 0 && progress.doneBytes() < progress.totalBytes()) {
      long seconds = (progress.totalBytes() - progress.doneBytes()) / rates.average();
      numbers.add("ETA " + Human.time(Duration.ofSeconds(seconds)));
    }
    numbers.add(progress.storedParts() + "/" + progress.parts() + " parts");
    numbers.add("avg " + Human.bytes(rates.average()) + "/s");
    if (progress.retries() > 0) {
      numbers.add(progress.retries() + " retries");
    }
    return numbers;
  }
}
