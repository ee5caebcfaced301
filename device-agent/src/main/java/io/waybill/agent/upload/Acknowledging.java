package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.spool.SentPart;
import io.waybill.agent.upload.UploadStep.Acknowledged;
import io.waybill.wire.Command;
import java.util.List;

/** Tells the server which parts are stored: some together, but none late. */
final class Acknowledging {

  private static final int MOST_ACKNOWLEDGED = 1000;

  private final FileRun file;
  private final RunContext context;
  private final SessionTalk talk;
  private boolean asking;
  private long storedSinceAck;

  Acknowledging(FileRun file, RunContext context, SessionTalk talk) {
    this.file = file;
    this.context = context;
    this.talk = talk;
  }

  void partStored() {
    storedSinceAck = storedSinceAck == 0 ? System.nanoTime() : storedSinceAck;
  }

  void inBatches(long now) {
    boolean due =
        storedSinceAck != 0
            && now - storedSinceAck >= context.settings().acknowledgeDelay().toNanos();
    List<SentPart> parts = file.ledger().unacknowledged(MOST_ACKNOWLEDGED);
    if (!asking
        && !parts.isEmpty()
        && (due || parts.size() >= context.settings().acknowledgeBatch())) {
      ask(parts);
    }
  }

  /** Whether the server knows of all of them; tells it of the rest when not. */
  boolean allTold() {
    List<SentPart> parts = file.ledger().unacknowledged(MOST_ACKNOWLEDGED);
    if (!parts.isEmpty() && !asking) {
      ask(parts);
    }
    return parts.isEmpty();
  }

  private void ask(List<SentPart> parts) {
    asking = true;
    storedSinceAck = 0;
    PartLedger ledger = file.ledger();
    context.ask(
        Question.acknowledge(
            context.projectId(),
            new Command.AcknowledgePart(
                talk.session(),
                parts.stream()
                    .map(part ->
                        new Command.SentPart(
                            part.number(), part.etag(), ledger.length(part.number()), null))
                    .toList())),
        (answer, took) -> {
          asking = false;
          ledger.acknowledged(parts);
          context.changed();
          context.tell(new Acknowledged(file.name(), parts.size(), took));
        },
        refused -> {
          asking = false;
          file.happened(new Event.Refused(0, refused));
        });
  }
}
