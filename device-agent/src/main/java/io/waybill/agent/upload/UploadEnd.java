package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * How a run of an upload ended.
 *
 * @param unreachable why the server, or a file, could not be reached, null when that was not the
 *     reason; the upload is kept and can be taken up again
 * @param turnedAway why the server does not let us now, null when it does; the upload is kept
 */
public record UploadEnd(
    Manifest manifest, @Nullable String unreachable, @Nullable String turnedAway) {

  /** What became of the upload: the worst of what became of its files. */
  public Outcome outcome() {
    if (turnedAway != null || has(FileState.REFUSED) || has(FileState.ABORTED)) {
      return Outcome.REFUSED;
    }
    if (has(FileState.CHANGED)) {
      return Outcome.CHANGED;
    }
    return manifest.finished() ? Outcome.DONE : Outcome.UNREACHABLE;
  }

  private boolean has(FileState state) {
    return manifest.files().stream().anyMatch(file -> file.state() == state);
  }

  /** In the order of the exit codes. */
  public enum Outcome {
    DONE,
    UNREACHABLE,
    REFUSED,
    CHANGED
  }
}
