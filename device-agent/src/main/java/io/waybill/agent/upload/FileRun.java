package io.waybill.agent.upload;

import io.waybill.agent.local.Program;
import io.waybill.agent.local.Shown;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadStep.Ended;
import io.waybill.agent.upload.UploadStep.GoesOn;
import io.waybill.agent.upload.UploadStep.Warned;
import java.util.BitSet;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One file on its way: whether its parts may go, and how it ends. */
final class FileRun {

  private static final String HELD =
      "paused on this machine; go on with: " + Program.NAME + " resume-session";

  private final RunContext context;
  private final Course course;
  private final SessionTalk talk;
  private final PartSender sender;
  private final UrlStock urls = new UrlStock();
  private FileEntry entry;
  private @Nullable PartLedger ledger;
  private boolean held;

  FileRun(RunContext context, FileEntry entry, String retryKey, RandomGenerator random) {
    this.context = context;
    this.entry = entry;
    this.course = new Course(context, entry.shownName(), random);
    this.sender = new PartSender(this, context, entry.file(), random);
    this.talk = new SessionTalk(this, context, retryKey);
  }

  /** What is remembered of the file, without its parts: those change all the time. */
  FileEntry entry() {
    return entry;
  }

  /** For the manifest: how far it is by now. A copy of all its parts, so not for anything else. */
  FileEntry snapshot() {
    PartLedger parts = ledger;
    return entry.state().finished()
        ? entry
        : entry.withProgress(parts == null ? entry.sent() : parts.sent(), waiting(false));
  }

  SessionTalk talk() {
    return talk;
  }

  UrlStock urls() {
    return urls;
  }

  String name() {
    return entry.shownName();
  }

  FileState state() {
    return entry.state();
  }

  PartLedger ledger() {
    return Objects.requireNonNull(ledger, "asked for parts before there was a plan");
  }

  ServerSide server() {
    return Objects.requireNonNull(entry.server(), "asked for a session before there was one");
  }

  boolean ended() {
    return entry.state().finished() && talk.quiet();
  }

  boolean open() {
    return entry.state() == FileState.OPEN;
  }

  Course course() {
    return course;
  }

  /** Whether it still sends by this plan. */
  boolean works(PartLedger plan) {
    return plan == ledger && !entry.state().finished();
  }

  /** Why it does not move, null when it does. */
  @Nullable Waiting waiting(boolean nothingUnderWay) {
    Waiting shown = course.shown();
    return shown == null && !entry.state().finished() ? sender.trouble(nothingUnderWay) : shown;
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
    ledger = plan(server);
    urls.clear();
    context.changedForGood();
  }

  /** Takes up a session of an earlier run. */
  void recall() {
    PartLedger parts = plan(server());
    parts.recall(entry.sent());
    ledger = parts;
  }

  private PartLedger plan(ServerSide server) {
    return new PartLedger(
        server, entry.stamp().sizeBytes(), context.sums(server.sessionId(), server.partCount()));
  }

  void reconciled(BitSet stored) {
    int again = ledger().reconciled(stored);
    if (again > 0) {
      context.tell(
          new Warned(
              name(),
              again
                  + " stored parts are sent again: what was sent as them is not known here any"
                  + " more"));
    }
    context.changed();
    course.goOn();
  }

  /** The server does not let us now; later it is asked what is true. */
  void refusedForNow(String why) {
    course.waits(Phase.Cause.SERVER, why, talk::askStatus);
  }

  /** Nothing of this file goes for a while, whatever else happens; a person can see why. */
  void rest(String why) {
    urls.clear();
    course.waits(Phase.Cause.STORE, why, talk::askStatus);
  }

  void end(FileState how, @Nullable String why) {
    if (entry.state().finished()) {
      return;
    }
    entry = snapshot().ended(how, why);
    course.ends();
    urls.clear();
    close();
    context.changedForGood();
    if (how != FileState.DONE) {
      context.tell(new Ended(name(), how, why == null ? how.name() : why));
    }
    if (how == FileState.CHANGED) {
      talk.abandon("the local file changed");
    }
  }

  // What the file tells

  void changed(String how) {
    end(FileState.CHANGED, Shown.line(entry.path()) + " changed since the upload began: " + how);
  }

  /** What cannot be read now has not changed. */
  void unreadable(String why) {
    close();
    course.waits(Phase.Cause.FILE, why, () -> whenUnchanged(false, talk::askStatus));
  }

  /** Looks whether it is another one, while its parts go on. */
  void lookAtFile() {
    whenUnchanged(false, () -> {});
  }

  /** Does {@code then} if the file is the one that was planned; ends it or waits if not. */
  void whenUnchanged(boolean thorough, Runnable then) {
    PartLedger mine = ledger();
    context.read(
        new FileCheck(entry, mine, thorough)::find,
        finding -> {
          if (works(mine)) {
            found(finding, then);
          }
        });
  }

  private void found(FileCheck.Finding finding, Runnable then) {
    switch (finding) {
      case FileCheck.Finding.Changed(String how) -> changed(how);
      case FileCheck.Finding.Unreadable(String why) -> {
        talk.notProven();
        unreadable(why);
      }
      case FileCheck.Finding.Same(var now) -> {
        if (!now.equals(entry.stamp())) {
          entry = entry.withStamp(now);
          close(); // another inode may be another disk
          context.changedForGood();
        }
        then.run();
      }
    }
  }

  // Sending

  /** Starts what can be started, apart from parts. */
  void drive(long now, boolean hold) {
    if (!open()) {
      return;
    }
    if (hold != held) {
      held = hold;
      context.tell(hold ? new UploadStep.Waiting(name(), HELD, null) : new GoesOn(name()));
    }
    if (course.row() == null) {
      talk.watch(now);
    }
    if (!course.moving() || held) {
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
    return course.moving() && !held && sender.next(now);
  }

  void close() {
    sender.close();
  }
}
