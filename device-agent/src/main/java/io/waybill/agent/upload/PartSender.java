package io.waybill.agent.upload;

import io.waybill.agent.spool.PartSums;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.transfer.PutOutcome;
import io.waybill.agent.transfer.Remedy;
import io.waybill.agent.upload.UploadStep.Again;
import io.waybill.agent.upload.UploadStep.Stored;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends the parts of one file, and sees to those that did not arrive. */
final class PartSender {

  /** So many parts in a row that did not arrive are worth telling, whatever else moves. */
  private static final int WORTH_TELLING = 3;

  private final FileRun file;
  private final RunContext context;
  private final RandomGenerator random;
  private final LocalFile local;
  private @Nullable Waiting trouble;
  private int troubles;

  PartSender(FileRun file, RunContext context, Path path, RandomGenerator random) {
    this.file = file;
    this.context = context;
    this.random = random;
    this.local = new LocalFile(path);
  }

  /** Why parts do not arrive, as long as none does. */
  @Nullable Waiting trouble(boolean nothingUnderWay) {
    return nothingUnderWay || troubles >= WORTH_TELLING ? trouble : null;
  }

  /** Whether the last part that came to an end did not arrive. */
  boolean troubled() {
    return trouble != null;
  }

  /** Starts one part, if there is one that may go and has a URL. */
  boolean next(long now) {
    List<Integer> next = file.ledger().next(1, now, file.urls()::has);
    if (next.isEmpty()) {
      return false;
    }
    int part = next.getFirst();
    try {
      FileChannel channel = local.open();
      send(part, channel, Objects.requireNonNull(file.urls().take(part)));
      return true;
    } catch (IOException e) {
      String why = FileCheck.inWords(file.entry().file(), e);
      file.happened(new Event.FileIs(0, new FileCheck.Finding.Unreadable(why)));
      return false;
    }
  }

  private void send(int part, FileChannel channel, UrlStock.Held url) {
    PartLedger mine = file.ledger();
    PartSums sums = mine.sums();
    mine.started(part);
    context.send(
        new RunContext.Sending(
            part,
            url,
            channel,
            mine.offset(part),
            mine.length(part),
            crc32c -> sums.agrees(part, crc32c),
            (outcome, took) -> heard(mine, part, url, outcome, took)));
  }

  private void heard(
      PartLedger plan, int part, UrlStock.Held url, PutOutcome outcome, Duration took) {
    if (!file.works(plan)) {
      return; // of a session that is over
    }
    if (outcome instanceof PutOutcome.Stored(String etag)) {
      trouble = null;
      troubles = 0;
      plan.stored(part, etag);
      file.partStored();
      context.changed();
      context.tell(new Stored(file.name(), part, plan.length(part), took));
      return;
    }
    PartTrouble mine = plan.failed(part);
    String reason = Remedy.reason(outcome);
    switch (Remedy.of(outcome)) {
      case WAIT -> {
        file.urls().putBack(part, url);
        context.complained();
        again(part, outcome, mine);
      }
      case FRESH_URL -> {
        context.complained();
        again(part, outcome, mine);
      }
      case FORBIDDEN -> forbidden(part, outcome, mine);
      case READ_AGAIN -> {
        if (mine.mayReadAgain()) {
          again(part, outcome, mine);
        } else {
          hopeless(part, reason + " after reading it twice");
        }
      }
      case RECONCILE -> file.happened(new Event.UploadUnknown("part " + part + ": " + reason));
      case CHECK_FILE -> {
        local.close(); // what it was opened on may be gone
        again(part, outcome, mine);
        file.lookAtFile();
      }
      case CHANGED ->
          file.happened(
              new Event.FileIs(
                  0,
                  new FileCheck.Finding.Changed(
                      "part " + part + " has other bytes than were sent")));
      case STOP -> hopeless(part, reason);
    }
  }

  private void hopeless(int part, String why) {
    file.happened(new Event.Hopeless("part " + part + ": " + why));
  }

  private void forbidden(int part, PutOutcome outcome, PartTrouble mine) {
    if (mine.forbiddenAgain()) {
      file.happened(
          new Event.StoreRefuses(
              "part " + part + ": " + Remedy.reason(outcome) + " to three fresh URLs in a row"));
    } else {
      again(part, outcome, mine);
    }
  }

  private void again(int part, PutOutcome outcome, PartTrouble mine) {
    Duration wait = context.settings().partBackoff().after(mine.failed(), random);
    if (outcome instanceof PutOutcome.Answered(int s, String c, Long wish) && wish != null) {
      Duration wished = Duration.ofSeconds(wish);
      wait = wished.compareTo(wait) > 0 ? wished : wait;
    }
    mine.waitUntil(System.nanoTime() + wait.toNanos());
    troubles++;
    trouble = Waiting.in(Remedy.reason(outcome), wait);
    context.changed();
    context.tell(new Again(file.name(), part, Remedy.reason(outcome), wait));
  }

  void close() {
    local.close();
  }
}
