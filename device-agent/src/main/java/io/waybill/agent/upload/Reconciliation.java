package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.upload.UploadStep.Reconciled;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import java.time.Duration;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the server compare its rows with the store, and takes over what it found. */
final class Reconciliation {

  private static final Duration DRAINING = Duration.ofMillis(100);
  private static final int PAGE = 200;

  private final FileRun file;
  private final RunContext context;
  private final SessionTalk talk;
  private final Consumer<ErrorBody> onRefusal;
  private boolean atWork;

  /**
   * @param onRefusal told when there is no list; then nothing is known of any part
   */
  Reconciliation(
      FileRun file, RunContext context, SessionTalk talk, Consumer<ErrorBody> onRefusal) {
    this.file = file;
    this.context = context;
    this.talk = talk;
    this.onRefusal = onRefusal;
  }

  boolean atWork() {
    return atWork;
  }

  void begin() {
    file.course().stopMoving();
    atWork = true;
    listWhenQuiet();
  }

  /** The list counts only when no part may arrive while it is on its way. */
  private void listWhenQuiet() {
    if (!file.open()) {
      atWork = false;
    } else if (file.ledger().underWayCount() > 0) {
      context.after(DRAINING, this::listWhenQuiet);
    } else {
      page(null, new BitSet(), System.nanoTime());
    }
  }

  private void page(@Nullable String cursor, BitSet stored, long since) {
    context.ask(
        Question.parts(
            context.projectId(),
            new Command.ListParts(
                talk.session(),
                Command.PartSource.RECONCILE,
                cursor == null ? null : PAGE,
                cursor,
                Command.PartEncoding.RANGES)),
        (list, took) -> {
          String ranges = list.uploaded();
          if (ranges != null) {
            stored.or(PartRanges.parse(ranges, file.partCount()));
          } else {
            PartRanges.addRows(list, stored);
          }
          String next = list.nextCursor();
          if (next == null) {
            settled(stored, Duration.ofNanos(System.nanoTime() - since));
          } else {
            page(next, stored, since);
          }
        },
        refused -> {
          atWork = false;
          onRefusal.accept(refused);
        });
  }

  private void settled(BitSet stored, Duration took) {
    atWork = false;
    if (!file.open()) {
      return;
    }
    file.whenUnchanged(
        false,
        () -> {
          file.reconciled(stored);
          context.tell(
              new Reconciled(
                  file.name(),
                  file.server().sessionId(),
                  stored.cardinality(),
                  file.partCount(),
                  took));
        });
  }
}
