package io.waybill.agent.socket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's answer.
 *
 * @param pid of its process
 * @param trouble why it could not do what was wanted; null when it did
 */
public record DaemonReply(long pid, @Nullable String trouble, List<Row> queue) {

  public DaemonReply {
    queue = List.copyOf(queue);
  }

  /**
   * One upload of the queue, the most urgent first.
   *
   * @param state {@code queued}, {@code running}, {@code held}, or {@code aside} when it is tried
   *     again later
   * @param watched the directory that it came from; null when it was asked for by hand
   * @param reason why it stands aside, or why nothing moves
   * @param nextTrySeconds until then; 0 when it is not time that it waits for
   */
  public record Row(
      String uploadId,
      String taskName,
      int priority,
      String state,
      @Nullable String watched,
      @Nullable String reason,
      long nextTrySeconds) {}
}
