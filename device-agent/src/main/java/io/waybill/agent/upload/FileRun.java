package io.waybill.agent.upload;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.Waiting;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way. What becomes of it is decided by {@link Decisions}; here that is carried
 * out, and what comes of it is told there.
 */
final class FileRun {

  private final RunContext context;
  private final Decisions decisions;
  private final SessionTalk talk;
  private final FileLook look;
  private final PartSender sender;
  private final UrlStock urls = new UrlStock();
  private Runnable creation = () -> {};
  private Course course;
  private FileEntry entry;
  private @Nullable PartLedger ledger;

  FileRun(RunContext context, FileEntry entry, String retryKey, RandomGenerator random) {
    this.context = context;
    this.entry = entry;
    this.course = Course.of(entry.state(), entry.reason(), context.time().now());
    this.decisions = new Decisions(entry, context.settings(), random.nextLong());
    this.look = new FileLook(this, context);
    this.sender = new PartSender(this, context, entry.file(), random);
    this.talk = new SessionTalk(this, context, retryKey);
  }

  /** What is remembered of the file, without its parts: those change all the time. */
  FileEntry entry() {
    return entry;
  }

  /**
   * For the manifest: how far it is by now. A copy of all its parts, so not for anything else.
   *
   * @param silence what the whole run waits for; null when it does not
   */
  FileEntry snapshot(@Nullable Waiting silence) {
    if (entry.state().finished()) {
      return entry;
    }
    PartLedger parts = ledger;
    Waiting own = waiting(false);
    return entry.withProgress(
        parts == null ? entry.sent() : parts.sent(), own == null ? silence : own);
  }

  SessionTalk talk() {
    return talk;
  }

  Course course() {
    return course;
  }

  UrlStock urls() {
    return urls;
  }

  String name() {
    return entry.shownName();
  }

  PartLedger ledger() {
    return Objects.requireNonNull(ledger, "asked for parts before there was a plan");
  }

  ServerSide server() {
    return Objects.requireNonNull(entry.server(), "asked for a session before there was one");
  }

  /** Whether nothing is left to be done or said. */
  boolean ended() {
    return course.phase() instanceof Phase.Ended ended && ended.number() == 0;
  }

  boolean open() {
    return entry.state() == FileState.OPEN;
  }

  /** Whether it still sends by this plan. */
  boolean works(PartLedger plan) {
    return plan == ledger && !entry.state().finished();
  }

  /** Why it does not move, null when it does. */
  @Nullable Waiting waiting(boolean nothingUnderWay) {
    Phase.Halt halt = course.halt();
    if (halt == null) {
      return entry.state().finished() ? null : sender.trouble(nothingUnderWay);
    }
    var again = halt.again();
    return new Waiting(halt.why(), again == null ? null : context.time().shown(again));
  }

  /** What it has waited for longer than this run wants to, and keeps for the next; else null. */
  Phase.@Nullable Waiting outwaited(long now) {
    return course.outwaited(context.time().at(now), context.settings().patience());
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

  void happened(Event event) {
    happened(event, System.nanoTime());
  }

  private void happened(Event event, long now) {
    Decision decision = decisions.on(course, event, context.time().at(now));
    course = decision.next();
    decision.effects().forEach(this::carryOut);
  }

  /** How the task is asked for, when this file is the one to ask. */
  void creates(Runnable ask) {
    creation = ask;
  }

  /** Takes up a session of an earlier run. */
  void recall() {
    PartLedger parts = plan(server());
    parts.recall(entry.sent());
    ledger = parts;
  }

  /** There is a session, and with it a plan. */
  void planned(ServerSide server, boolean restarted) {
    entry = restarted ? entry.reopened(server) : entry.opened(server);
    ledger = plan(server);
    urls.clear();
    context.changedForGood();
  }

  private PartLedger plan(ServerSide server) {
    return new PartLedger(
        server, entry.stamp().sizeBytes(), context.sums(server.sessionId(), server.partCount()));
  }

  /** Whether the file on this machine is another one by now; parts go on meanwhile. */
  void lookAtFile() {
    look.compare(0);
  }

  void partStored() {
    talk.partStored();
    happened(new Event.PartStored());
  }

  /** Starts what can be started, apart from parts. */
  void drive(long now, boolean hold) {
    if (!open()) {
      return;
    }
    happened(new Event.Hold(hold), now);
    happened(new Event.Tick(), now);
    talk.liveOn();
    if (course.sends()) {
      urls.dropExpired(now);
      talk.tellAndOrder(now);
    }
  }

  /** Whether parts could go now, if they may: nothing but its turn is waited for. */
  boolean wantsToSend() {
    return course.sends() && !sender.troubled() && urls.size() > 0 && ledger().unsent();
  }

  /** Starts one part, if there is one that may go and has a URL. */
  boolean sendNext(long now) {
    return course.sends() && sender.next(now);
  }

  void close() {
    sender.close();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Create() -> creation.run();
      case Effect.AskStatus(int number) -> talk.askStatus(number);
      case Effect.AskParts(int number) -> talk.askParts(number);
      case Effect.AskExtension(int number) -> talk.askExtension(number);
      case Effect.AskAnotherSession(int number) -> talk.askAnotherSession(number);
      case Effect.AskComplete(int number) -> talk.askComplete(number);
      case Effect.Abandon(int number, String why) -> talk.abandon(number, why);
      case Effect.Compare(int number) -> look.compare(number);
      case Effect.Prove(int number) -> look.prove(number);
      case Effect.After(var delay, int number) ->
          context.after(delay, () -> happened(new Event.Due(number)));
      case Effect.Tell(var step) -> context.tell(step);
      case Effect.TellHalt() -> tellHalt();
      case Effect.TellWhole(var whole) -> talk.tellWhole(whole);
      case Effect.Lose(var parts) -> ledger().lost(parts);
      case Effect.TakeOver(var stored, var took) -> talk.takeOver(stored, took);
      case Effect.DropUrls() -> urls.clear();
      case Effect.CloseFile() -> close();
      case Effect.Save() -> context.changedForGood();
      case Effect.End(var how, var why) -> end(how, why);
    }
  }

  private void tellHalt() {
    Waiting why = Objects.requireNonNull(waiting(false));
    context.tell(new UploadStep.Waiting(name(), why.reason(), why.nextTry()));
  }

  private void end(FileState how, @Nullable String why) {
    entry = snapshot(null).ended(how, why);
    urls.clear();
    close();
    context.changedForGood();
  }

  /** The server has signed that it is whole. */
  void sealed(@Nullable String receipt) {
    if (!entry.state().finished()) {
      entry = entry.withReceipt(receipt);
    }
  }

  /** It is the same, perhaps under another stamp. */
  void seen(FileStamp now) {
    if (!now.equals(entry.stamp())) {
      entry = entry.withStamp(now);
      close(); // another inode may be another disk
      context.changedForGood();
    }
  }
}
