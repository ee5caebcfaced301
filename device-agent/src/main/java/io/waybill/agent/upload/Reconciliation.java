package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.upload.UploadStep.Reconciled;
import io.waybill.agent.upload.UploadStep.Warned;
import io.waybill.wire.Command;
import java.time.Duration;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Has the server compare its rows with the store, and takes over what it found. */
final class Reconciliation {

  private static final Duration DRAINING = Duration.ofMillis(100);
  private static final int PAGE = 200;

  private final FileRun file;
  private final RunContext context;
  private final SessionTalk talk;

  Reconciliation(FileRun file, RunContext context, SessionTalk talk) {
    this.file = file;
    this.context = context;
    this.talk = talk;
  }

  /** The list counts only when no part may arrive while it is on its way. */
  void ask(int number) {
    if (!file.course().phase().awaits(number)) {
      return;
    }
    if (file.ledger().underWayCount() > 0) {
      context.after(DRAINING, () -> ask(number));
    } else {
      page(number, null, new BitSet(), System.nanoTime());
    }
  }

  private void page(int number, @Nullable String cursor, BitSet stored, long since) {
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
            Duration all = Duration.ofNanos(System.nanoTime() - since);
            file.happened(new Event.Listed(number, stored, all));
          } else {
            page(number, next, stored, since);
          }
        },
        refused -> file.happened(new Event.Refused(number, refused)));
  }

  /** A part counts only when it is known what was sent as it. */
  void takeOver(BitSet stored, Duration took) {
    int again = file.ledger().reconciled(stored);
    if (again > 0) {
      context.tell(
          new Warned(
              file.name(),
              again
                  + " stored parts are sent again: what was sent as them is not known here any"
                  + " more"));
    }
    context.changed();
    context.tell(
        new Reconciled(
            file.name(), file.server().sessionId(), stored.cardinality(), file.partCount(), took));
  }
}
