package io.waybill.core.recovery.usecase;

import io.waybill.core.recovery.RecoveryChecks.Marked;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.RecoveryStore.Next;
import io.waybill.core.recovery.RecoveryStore.Step;
import io.waybill.core.recovery.RecoveryStores;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Marks datasets, a batch at a time. */
final class Marking {

  private static final int BATCH = 500;

  /** One batch, within the transaction that writes down how far it is then. */
  Next batch(RecoveryStores tx, Step step, Instant now) {
    List<Marked> marked = tx.recoveryChecks().mark(step.run(), place(step.cursor()), BATCH, now);
    boolean isEnd = marked.size() < BATCH;
    return new Next(
        isEnd ? RecoveryPhase.DATASETS : RecoveryPhase.MARKING,
        "",
        isEnd ? "" : text(marked.getLast()),
        marked.size(),
        0,
        now);
  }

  private static String text(Marked last) {
    return last.projectId() + " " + last.datasetId();
  }

  private static Marked place(String cursor) {
    int space = cursor.indexOf(' ');
    return space < 0
        ? Marked.NONE
        : new Marked(
            UUID.fromString(cursor.substring(0, space)),
            UUID.fromString(cursor.substring(space + 1)));
  }
}
