package io.waybill.agent.cli;

import io.waybill.agent.local.Program;
import io.waybill.agent.socket.DaemonClient;
import io.waybill.agent.socket.DaemonReply;
import io.waybill.agent.socket.DaemonRequest;
import io.waybill.agent.socket.DaemonRequest.Word;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.upload.UploadEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command does while a daemon runs on the state directory: it hands over, and waits. */
final class Handover {

  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  private final Context context;
  private final Spool spool;

  Handover(Context context, Spool spool) {
    this.context = context;
    this.spool = spool;
  }

  private Optional<DaemonReply> ask(Word word, @Nullable String uploadId) {
    return DaemonClient.ask(spool.directory(), new DaemonRequest(word, uploadId));
  }

  /** Tells a daemon that something is new; whether there is one. */
  boolean told() {
    return ask(Word.LOOK, null).isPresent();
  }

  /** Has a daemon try an upload at once; whether there is one. */
  boolean retried(String uploadId) {
    return ask(Word.RETRY, uploadId).isPresent();
  }

  /** Has a daemon let go of an upload, if it has it. */
  void released(String uploadId) {
    ask(Word.RELEASE, uploadId);
  }

  /** The daemon's queue; empty without one. */
  Optional<DaemonReply> queue() {
    return ask(Word.QUEUE, null);
  }

  /**
   * Waits for what a daemon makes of an upload.
   *
   * @param endless whether to wait on when it has to be tried again later
   * @return empty when the daemon has ended before
   */
  Optional<UploadEnd> follow(Manifest upload, boolean endless)
      throws IOException, InterruptedException {
    String id = upload.uploadId();
    if (!retried(id)) {
      return Optional.empty();
    }
    context.end().working("the daemon goes on with it; see: " + Program.NAME + " status " + id);
    try {
      while (true) {
        Optional<DaemonReply> queue = queue();
        if (queue.isEmpty()) {
          return Optional.empty();
        }
        Optional<DaemonReply.Row> row =
            queue.get().queue().stream().filter(each -> each.uploadId().equals(id)).findFirst();
        Manifest now = spool.read(id).orElse(upload);
        boolean held = row.filter(each -> each.state().equals("held")).isPresent();
        boolean aside = row.filter(each -> each.state().equals("aside")).isPresent();
        if (row.isEmpty() && queue.get().trouble() == null) {
          return Optional.of(new UploadEnd(spool.read(id).orElse(now), null, null));
        }
        if (!endless && (held || aside)) {
          String why = row.map(DaemonReply.Row::reason).orElse(null);
          return Optional.of(
              new UploadEnd(now, why == null ? "it is paused on this machine" : why, null));
        }
        Thread.sleep(LOOK_EVERY);
      }
    } finally {
      context.end().resting();
    }
  }
}
