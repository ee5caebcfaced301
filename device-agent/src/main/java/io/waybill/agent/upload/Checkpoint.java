package io.waybill.agent.upload;

import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.upload.UploadStep.Warned;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/** Writes an upload down: at once what must survive, from time to time how far it is. */
final class Checkpoint {

  private final Spool spool;
  private final long everyNanos;
  private long savedAt = System.nanoTime();
  private boolean dirty;
  private boolean urgent;
  private boolean unsaved;

  Checkpoint(Spool spool, Duration every) {
    this.spool = spool;
    this.everyNanos = every.toNanos();
  }

  void changed() {
    dirty = true;
  }

  void changedForGood() {
    dirty = true;
    urgent = true;
  }

  void saveWhenDue(Supplier<Manifest> upload, RunContext context) {
    boolean due = System.nanoTime() - savedAt >= everyNanos;
    if (urgent || (dirty && due)) {
      save(upload, context);
    }
  }

  void save(Supplier<Manifest> upload, RunContext context) {
    Manifest manifest = upload.get();
    savedAt = System.nanoTime();
    urgent = false;
    try {
      spool.save(manifest);
      dirty = false;
      unsaved = false;
    } catch (IOException e) {
      if (!unsaved) {
        context.tell(
            new Warned(
                manifest.taskName(), "the manifest cannot be saved: " + DiskTrouble.words(e)));
      }
      unsaved = true; // the store and the server still know; the next checkpoint tries again
      dirty = true;
    }
  }
}
