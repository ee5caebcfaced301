package io.waybill.agent.upload;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.transfer.PutOutcome;
import io.waybill.agent.transfer.Remedy;
import io.waybill.agent.upload.UploadStep.Again;
import io.waybill.agent.upload.UploadStep.Ended;
import io.waybill.agent.upload.UploadStep.GoesOn;
import io.waybill.agent.upload.UploadStep.Stored;
import io.waybill.agent.upload.UploadStep.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One file on its way: which parts go next, and what to do about those that did not arrive. */
final class FileRun {

  private final Desk desk;
  private final RandomGenerator random;
  private final SessionTalk talk;
  private final UrlStock urls = new UrlStock();
  private final LocalFile local;
  private FileEntry entry;
  private @Nullable PartLedger ledger;
  private @Nullable String waitingFor;
  private boolean moving;
  private boolean held;
  private boolean resting;

  FileRun(Desk desk, FileEntry entry, String retryKey, RandomGenerator random) {
    this.desk = desk;
    this.entry = entry;
    this.random = random;
    this.local = new LocalFile(Path.of(entry.path()), entry.stamp());
    this.talk = new SessionTalk(this, desk, retryKey);
  }

  FileEntry entry() {
    PartLedger parts = ledger;
    return parts == null || entry.state() == FileState.PLANNED
        ? entry
        : entry.withSent(parts.sent());
  }

  SessionTalk talk() {
    return talk;
  }

  UrlStock urls() {
    return urls;
  }

  String name() {
    return entry.objectName();
  }

  PartLedger ledger() {
    return Objects.requireNonNull(ledger, "asked for parts before there was a plan");
  }

  boolean ended() {
    return entry.state().finished() && talk.quiet();
  }

  boolean moving() {
    return moving;
  }

  @Nullable String waitingFor() {
    return waitingFor;
  }

  int partCount() {
    return ledger == null ? 0 : ledger.count();
  }

  long storedBytes() {
    return ledger == null ? entry.sentBytes() : ledger.storedBytes();
  }

  int storedParts() {
    return ledger == null ? 0 : ledger.storedCount();
  }

  // What the session tells

  /** There is a session: the plan is known, and which parts are stored already. */
  void opened(ServerSide server, boolean restarted) {
    entry = restarted ? entry.reopened(server) : entry.opened(server);
    ledger = new PartLedger(server, entry.stamp());
    urls.clear();
    desk.changedForGood();
  }

  /** Takes up a session of an earlier run. */
  void recall() {
    PartLedger parts = new PartLedger(server(), entry.stamp());
    parts.recall(entry.sent());
    ledger = parts;
  }

  void reconciled(BitSet stored) {
    ledger().reconciled(stored);
    desk.changed();
    goOn();
  }

  void goOn() {
    if (!entry.state().finished() && !resting) {
      moving = true;
      if (waitingFor != null) {
        waitingFor = null;
        desk.tell(new GoesOn(name()));
      }
    }
  }

  void pause(String why) {
    moving = false;
    if (!why.equals(waitingFor)) {
      waitingFor = why;
      desk.tell(new Waiting(name(), why));
    }
  }

  /** No part is started until {@link #goOn}. */
  void stopMoving() {
    moving = false;
  }

  void end(FileState how, @Nullable String why) {
    if (entry.state().finished()) {
      return;
    }
    moving = false;
    waitingFor = null;
    entry = entry().ended(how, why);
    urls.clear();
    close();
    desk.changedForGood();
    if (how != FileState.DONE) {
      desk.tell(new Ended(name(), how, why == null ? how.name() : why));
    }
    if (how == FileState.CHANGED) {
      talk.abandon("the local file changed");
    }
  }

  ServerSide server() {
    return Objects.requireNonNull(entry.server(), "asked for a session before there was one");
  }

  /** Compares the file with what was planned; ends this upload when it is another one by now. */
  boolean unchanged() {
    String difference = local.difference();
    if (difference == null) {
      return true;
    }
    end(FileState.CHANGED, entry.path() + " changed since the upload began: " + difference);
    return false;
  }

  // Sending

  /** Starts what can be started, apart from parts. */
  void drive(long now, boolean hold) {
    if (entry.state() != FileState.OPEN) {
      return;
    }
    if (hold != held) {
      held = hold;
      desk.tell(
          hold
              ? new Waiting(
                  name(), "paused on this machine; go on with: waybill-agent resume-session")
              : new GoesOn(name()));
    }
    if (!resting) {
      talk.watch(now);
    }
    if (!moving || held) {
      return;
    }
    urls.dropExpired(now);
    if (ledger().allStored()) {
      talk.acknowledgeThenComplete();
    } else {
      talk.acknowledgeInBatches(now);
      talk.presignAhead(now);
    }
  }

  /** Starts one part, if there is one that may go and has a URL. */
  boolean sendNext(long now) {
    if (!moving || held) {
      return false;
    }
    List<Integer> next = ledger().next(1, now, urls::has);
    if (next.isEmpty()) {
      return false;
    }
    int part = next.getFirst();
    UrlStock.Held url = Objects.requireNonNull(urls.take(part));
    try {
      FileChannel file = local.open();
      ledger().started(part);
      PartLedger mine = ledger();
      desk.send(
          new Desk.Sending(
              part,
              url,
              file,
              mine.offset(part),
              mine.length(part),
              (outcome, took) -> heard(mine, part, url, outcome, took)));
      return true;
    } catch (IOException e) {
      end(FileState.CHANGED, entry.path() + " cannot be read any more: " + e.getMessage());
      return false;
    }
  }

  private void heard(
      PartLedger plan, int part, UrlStock.Held url, PutOutcome outcome, Duration took) {
    if (plan != ledger || entry.state().finished()) {
      return; // of a session that is over
    }
    if (outcome instanceof PutOutcome.Stored(String etag)) {
      plan.stored(part, etag);
      talk.moved();
      desk.changed();
      desk.tell(new Stored(name(), part, plan.length(part), took));
      return;
    }
    troubled(part, url, outcome, plan.failed(part));
  }

  private void troubled(int part, UrlStock.Held url, PutOutcome outcome, PartTrouble trouble) {
    String reason = Remedy.reason(outcome);
    switch (Remedy.of(outcome)) {
      case WAIT -> {
        urls.putBack(part, url);
        desk.complained();
        again(part, outcome, trouble);
      }
      case FRESH_URL -> {
        desk.complained();
        again(part, outcome, trouble);
      }
      case FORBIDDEN -> {
        if (trouble.forbiddenAgain()) {
          rest("part " + part + ": " + reason + " to three fresh URLs in a row");
        } else {
          again(part, outcome, trouble);
        }
      }
      case READ_AGAIN -> {
        if (trouble.mayReadAgain()) {
          again(part, outcome, trouble);
        } else {
          end(FileState.REFUSED, "part " + part + ": " + reason + " after reading it twice");
        }
      }
      case RECONCILE -> talk.sessionInDoubt("part " + part + ": " + reason);
      case CHECK_FILE -> {
        if (unchanged()) {
          again(part, outcome, trouble);
        }
      }
      case STOP -> end(FileState.REFUSED, "part " + part + ": " + reason);
    }
  }

  private void again(int part, PutOutcome outcome, PartTrouble trouble) {
    Duration wait = desk.settings().partBackoff().after(trouble.failed(), random);
    if (outcome instanceof PutOutcome.Answered(int s, String c, Long wish) && wish != null) {
      Duration wished = Duration.ofSeconds(wish);
      wait = wished.compareTo(wait) > 0 ? wished : wait;
    }
    trouble.waitUntil(System.nanoTime() + wait.toNanos());
    desk.tell(new Again(name(), part, Remedy.reason(outcome), wait));
  }

  /** Nothing of this file goes for a while, whatever else happens; a person can see why. */
  private void rest(String why) {
    if (resting) {
      return;
    }
    urls.clear();
    resting = true;
    pause(why);
    desk.after(
        desk.settings().forbiddenWait(),
        () -> {
          resting = false;
          talk.askStatus();
        });
  }

  void close() {
    local.close();
  }
}
