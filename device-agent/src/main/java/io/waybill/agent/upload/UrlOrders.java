package io.waybill.agent.upload;

import io.waybill.agent.control.Question;
import io.waybill.agent.upload.UploadStep.Presigned;
import io.waybill.wire.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Asks for URLs just ahead of need: few at first, as many as go in a few seconds later on. */
final class UrlOrders {

  /** One request carries at most this many, which is the server's limit. */
  private static final int MOST = 100;

  /** One answer should carry what is needed in this time. */
  private static final double SECONDS_AHEAD = 5;

  /** Older parts say nothing of how fast it goes now. */
  private static final long WINDOW_NANOS = 20_000_000_000L;

  private final FileRun file;
  private final RunContext context;
  private final SessionTalk talk;
  private boolean asking;
  private long windowStart = System.nanoTime();
  private int stored;

  UrlOrders(FileRun file, RunContext context, SessionTalk talk) {
    this.file = file;
    this.context = context;
    this.talk = talk;
  }

  void partStored() {
    stored++;
  }

  void ahead(long now) {
    int ahead = need(now);
    if (asking || file.urls().size() > ahead / 2) {
      return;
    }
    List<Integer> parts = file.ledger().next(ahead, now, part -> !file.urls().has(part));
    if (!parts.isEmpty()) {
      order(parts);
    }
  }

  private void order(List<Integer> parts) {
    String algorithm = file.server().checksumAlgorithm();
    if (algorithm == null) {
      ask(parts, Map.of());
      return;
    }
    StoreSum sum = StoreSum.named(algorithm);
    if (sum == null) {
      String makes = Arrays.toString(StoreSum.values());
      file.happened(
          new Event.Hopeless(
              "the server wants the %s of every part, and this agent makes only %s"
                  .formatted(algorithm, makes)));
      return;
    }
    asking = true;
    PartLedger mine = file.ledger();
    context.read(
        new SumsAhead(file.entry(), mine, sum, parts)::find, found -> summed(mine, parts, found));
  }

  private void summed(PartLedger plan, List<Integer> parts, SumsAhead.Found found) {
    asking = false;
    if (!file.works(plan)) {
      return; // of a session that is over
    }
    switch (found) {
      case SumsAhead.Found.Sums(var sums) -> ask(parts, sums);
      case SumsAhead.Found.Unreadable(String why) ->
          file.happened(new Event.FileIs(0, new FileCheck.Finding.Unreadable(why)));
    }
  }

  private int need(long now) {
    long window = Math.max(1_000_000_000L, now - windowStart);
    double perSecond = stored * 1e9 / window;
    if (window > WINDOW_NANOS) {
      windowStart = now - WINDOW_NANOS / 2;
      stored = (int) (perSecond * WINDOW_NANOS / 2 / 1e9);
    }
    double ahead = Math.max(2.0 * context.settings().connections(), perSecond * SECONDS_AHEAD);
    return (int) Math.min(ahead, file.server().checksumAlgorithm() == null ? MOST : atHand());
  }

  /** What is summed must still be in memory when it is sent. */
  private int atHand() {
    return Math.max(context.settings().connections(), file.ledger().underWayCount());
  }

  private void ask(List<Integer> parts, Map<Integer, String> sums) {
    asking = true;
    context.ask(
        Question.presign(
            context.projectId(),
            new Command.PresignParts(
                talk.session(), parts, null, null, null, sums, Command.Encoding.COMPACT)),
        (urls, took) -> {
          asking = false;
          if (urls.sessionId().equals(talk.session())) {
            talk.stock(urls, sums);
            context.tell(new Presigned(file.name(), urls.partNumbers().size(), took));
          }
        },
        refused -> {
          asking = false;
          file.happened(new Event.Refused(0, refused));
        });
  }
}
