package io.waybill.agent.daemon;

import io.waybill.agent.queue.Ticket;
import io.waybill.agent.queue.UploadQueue;
import io.waybill.agent.socket.DaemonReply;
import io.waybill.agent.socket.DaemonRequest;
import io.waybill.agent.spool.Spool;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What commands want of a daemon; it is done on the daemon's own thread. */
final class Orders {

  private static final int PATIENCE_SECONDS = 10;

  private final LongFunction<List<DaemonReply.Row>> rows;
  private final UploadQueue queue;
  private final Runner runner;
  private final BlockingQueue<Runnable> mailbox;
  private final LongConsumer lookAround;

  /**
   * On the parts of a daemon.
   *
   * @param rows the queue as people see it, given the time
   * @param lookAround looks for what others did in the state directory, given the time
   */
  Orders(
      LongFunction<List<DaemonReply.Row>> rows,
      UploadQueue queue,
      Runner runner,
      BlockingQueue<Runnable> mailbox,
      LongConsumer lookAround) {
    this.rows = rows;
    this.queue = queue;
    this.runner = runner;
    this.mailbox = mailbox;
    this.lookAround = lookAround;
  }

  /** From any thread. */
  DaemonReply answer(DaemonRequest request) {
    CompletableFuture<DaemonReply> answer = new CompletableFuture<>();
    mailbox.add(() -> answer.complete(carryOut(request)));
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return reply("the daemon is busy", List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return reply("the daemon ends", List.of());
    }
  }

  private DaemonReply carryOut(DaemonRequest request) {
    long now = System.nanoTime();
    String id = Objects.requireNonNullElse(request.uploadId(), "");
    return switch (request.word()) {
      case QUEUE -> reply(null, rows.apply(now));
      case LOOK -> {
        lookAround.accept(now);
        yield reply(null, List.of());
      }
      case RETRY -> {
        queue.retry(id, now);
        lookAround.accept(now);
        yield reply(null, List.of());
      }
      case RELEASE -> {
        runner.letGo(id, "another process wants to work on it");
        yield reply(null, List.of());
      }
    };
  }

  private static DaemonReply reply(@Nullable String trouble, List<DaemonReply.Row> rows) {
    return new DaemonReply(ProcessHandle.current().pid(), trouble, rows);
  }

  /**
   * The queue as people see it.
   *
   * @param rests why nothing moves at all; null when it does
   */
  static List<DaemonReply.Row> rows(
      Spool spool, UploadQueue queue, @Nullable String rests, long now) {
    return queue.rows(now).stream()
        .map(row -> {
          Ticket ticket = row.ticket();
          String state = row.state().name().toLowerCase(Locale.ROOT);
          return new DaemonReply.Row(
              ticket.uploadId(),
              ticket.name(),
              ticket.priority(),
              spool.held(ticket.uploadId()) ? "held" : state,
              ticket.watched(),
              row.why() == null ? rests : row.why(),
              row.waitSeconds());
        })
        .toList();
  }
}
