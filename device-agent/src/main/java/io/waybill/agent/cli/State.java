package io.waybill.agent.cli;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import java.io.IOException;
import java.util.Optional;

/** What an upload is, in one word. */
enum State {
  DONE,
  CHANGED,
  REFUSED,
  ABORTED,
  /** Some process works on it. */
  RUNNING,
  /** Held on this machine. */
  PAUSED,
  /** Nobody works on it. */
  INTERRUPTED;

  static State of(Manifest manifest) {
    for (FileState worst :
        new FileState[] {FileState.REFUSED, FileState.ABORTED, FileState.CHANGED}) {
      if (manifest.files().stream().anyMatch(file -> file.state() == worst)) {
        return valueOf(worst.name());
      }
    }
    return manifest.finished() ? DONE : INTERRUPTED;
  }

  static State of(Manifest manifest, Spool spool) {
    if (manifest.finished()) {
      return of(manifest);
    }
    if (spool.held(manifest.uploadId())) {
      return PAUSED;
    }
    try {
      Optional<SpoolLock> free = spool.lock(manifest.uploadId());
      if (free.isEmpty()) {
        return RUNNING;
      }
      free.get().close();
    } catch (IOException e) {
      // a directory that may only be read: whoever works on it cannot write it down either
    }
    return INTERRUPTED;
  }
}
