package io.waybill.agent.upload;

import io.waybill.agent.spool.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * How far an upload is.
 *
 * @param doneBytes stored, or on their way to the store
 * @param movedBytes sent by this run, those that had to be sent again included
 * @param waiting why nothing moves and when it is tried again, null while something does
 */
public record UploadProgress(
    String name,
    @Nullable String sessionId,
    long totalBytes,
    long doneBytes,
    long movedBytes,
    int parts,
    int storedParts,
    int retries,
    int connections,
    @Nullable Waiting waiting) {

  /** Why nothing moves, in words; null while something does. */
  public @Nullable String waitingFor() {
    return waiting == null ? null : waiting.reason();
  }
}
