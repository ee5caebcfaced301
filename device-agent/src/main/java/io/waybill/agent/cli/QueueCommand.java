package io.waybill.agent.cli;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Shown;
import io.waybill.agent.queue.Ticket;
import io.waybill.agent.socket.DaemonReply;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code queue}: which upload is next, and what stands aside. */
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Shows unfinished uploads in the order in which they go.",
      "With a daemon, also which are under way, and when what stands aside is tried again."
    },
    optionListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} queue",
      "  ${ROOT-COMMAND-NAME} queue --json"
    })
final class QueueCommand implements Callable<Integer> {

  private final Context context;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  QueueCommand(Context context) {
    this.context = context;
  }

  /**
   * What scripts read.
   *
   * @param daemonPid null when no daemon runs
   */
  record View(@Nullable Long daemonPid, List<DaemonReply.Row> queue) {}

  @Override
  public Integer call() throws IOException {
    context.configuration().check();
    Spool spool = context.spool();
    Optional<DaemonReply> daemon = new Handover(context, spool).queue();
    List<DaemonReply.Row> rows = daemon.isPresent() ? daemon.get().queue() : ofManifests(spool);
    if (json) {
      View view = new View(daemon.map(DaemonReply::pid).orElse(null), rows);
      context
          .terminal()
          .out()
          .println(Shown.json(new String(Json.bytes(view), StandardCharsets.UTF_8)));
      return ExitCode.DONE.code();
    }
    context.say(
        daemon.map(reply -> "a daemon runs (pid " + reply.pid() + ")").orElse("no daemon runs"));
    rows.forEach(row -> context.terminal().print(line(row)));
    return ExitCode.DONE.code();
  }

  /** Nobody works on it; this is the order in which a daemon would. */
  private static List<DaemonReply.Row> ofManifests(Spool spool) throws IOException {
    return spool.unfinished().stream()
        .map(Ticket::of)
        .sorted(
            Comparator.comparingInt((Ticket ticket) -> -ticket.priority())
                .thenComparing(Ticket::createdAt))
        .map(ticket ->
            new DaemonReply.Row(
                ticket.uploadId(),
                ticket.name(),
                ticket.priority(),
                spool.held(ticket.uploadId()) ? "held" : "queued",
                ticket.watched(),
                standing(spool, ticket),
                0))
        .toList();
  }

  private static @Nullable String standing(Spool spool, Ticket ticket) {
    try {
      return spool.read(ticket.uploadId()).map(Manifest::standing).orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  private static String line(DaemonReply.Row row) {
    String reason = row.reason();
    String again =
        row.nextTrySeconds() > 0
            ? "; next try in " + Human.time(Duration.ofSeconds(row.nextTrySeconds()))
            : "";
    String watched = row.watched();
    return String.format(
        Locale.ROOT,
        "%.8s  %-7s  %d  %s%s%s",
        row.uploadId(),
        row.state(),
        row.priority(),
        row.taskName(),
        watched == null ? "" : "  from " + LocalPath.text(LocalPath.ofStored(watched)),
        reason == null ? "" : "  (" + reason + again + ")");
  }
}
