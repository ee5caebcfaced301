package io.waybill.agent.upload;

import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadStep.GoesOn;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes one file from phase to phase, and tells a person of what it waits for. */
final class Course {

  private final RunContext context;
  private final String name;
  private final RandomGenerator random;
  private Phase phase = new Phase.Asking(null);

  Course(RunContext context, String name, RandomGenerator random) {
    this.context = context;
    this.name = name;
    this.random = random;
  }

  boolean moving() {
    return phase instanceof Phase.Moving;
  }

  /** Why it does not move, null when it does or may at once. */
  @Nullable Waiting shown() {
    return phase.shown();
  }

  /** What it keeps trying, null when it does not have to. */
  Phase.@Nullable Waits row() {
    return phase.row();
  }

  /** Whether it has waited for longer than this run wants to; then it is kept for the next one. */
  boolean outwaited(long now) {
    Phase.Waits row = phase.row();
    return row != null && now - row.since() >= context.settings().patience().with(row.cause());
  }

  /** Parts go, unless only time can end what it waits for. */
  void goOn() {
    if (endsByTimeOnly()) {
      return;
    }
    boolean waited = phase.shown() != null;
    phase = new Phase.Moving();
    if (waited) {
      context.tell(new GoesOn(name));
      context.changedForGood();
    }
  }

  /** Somebody does not want it to move. */
  void pause(String why) {
    if (!endsByTimeOnly()) {
      become(new Phase.Paused(Waiting.open(why)), Waiting.open(why));
    }
  }

  /** No part is started until {@link #goOn}. */
  void stopMoving() {
    if (phase instanceof Phase.Moving) {
      phase = new Phase.Asking(null);
    }
  }

  /** It cannot be now. Waits, longer each time, and then does {@code again}. */
  void waits(Phase.Cause cause, String why, Runnable again) {
    if (endsByTimeOnly()) {
      return;
    }
    Phase.Waits before = phase.row();
    int tries = before == null || before.cause() != cause ? 1 : before.tries() + 1;
    long since = before == null || before.cause() != cause ? System.nanoTime() : before.since();
    Duration wait =
        cause == Phase.Cause.STORE
            ? context.settings().forbiddenWait()
            : context.settings().patience().retry().after(tries, random);
    Phase.Waits now = new Phase.Waits(cause, Waiting.in(why, wait), since, tries);
    become(now, now.why());
    context.after(
        wait,
        () -> {
          if (phase.equals(now)) {
            phase = new Phase.Asking(now);
            again.run();
          }
        });
  }

  void ends() {
    phase = new Phase.Over();
  }

  private boolean endsByTimeOnly() {
    return phase instanceof Phase.Waits || phase instanceof Phase.Over;
  }

  private void become(Phase next, Waiting why) {
    Waiting before = phase.shown();
    phase = next;
    if (before == null || !before.reason().equals(why.reason())) {
      context.tell(new UploadStep.Waiting(name, why.reason(), why.nextTry()));
    }
    context.changedForGood();
  }
}
