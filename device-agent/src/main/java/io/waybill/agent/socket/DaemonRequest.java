package io.waybill.agent.socket;

import org.jspecify.annotations.Nullable;

/**
 * What a command wants of the daemon.
 *
 * @param uploadId null where it is about all
 */
public record DaemonRequest(Word word, @Nullable String uploadId) {

  /** What can be wanted. */
  public enum Word {
    /** Who is in the queue? */
    QUEUE,
    /** Something changed in the state directory: look at once. */
    LOOK,
    /** Try this one now, whatever it waits for. */
    RETRY,
    /** Let go of this one: somebody else wants to work on it. */
    RELEASE
  }
}
