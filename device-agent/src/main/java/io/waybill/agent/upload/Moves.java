package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.Completing;
import io.waybill.agent.upload.Phase.Ended;
import io.waybill.agent.upload.Phase.Halt;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Paused;
import io.waybill.agent.upload.Phase.Planned;
import io.waybill.agent.upload.Phase.Row;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.agent.upload.Phase.Step;
import io.waybill.agent.upload.Phase.Then;
import io.waybill.agent.upload.Phase.Waiting;
import io.waybill.agent.upload.UploadStep.GoesOn;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The moves from phase to phase, each with all that belongs to it. Pure, as its caller is. */
final class Moves {

  static final Duration SHORTLY = Duration.ofSeconds(2);

  /** An object that loses this many sessions in one run has a cause that more will not cure. */
  private static final int MOST_RESTARTS = 5;

  private final String name;
  private final UploadSettings settings;
  private final long seed;

  /**
   * @param name of the file, for people
   * @param seed of the jitter: other files wait other times, and the same moment the same
   */
  Moves(String name, UploadSettings settings, long seed) {
    this.name = name;
    this.settings = settings;
    this.seed = seed;
  }

  Decision stay(Course now) {
    return Decision.of(now);
  }

  /** Parts go. */
  Decision goOn(Course now) {
    Course going = now.in(new Sending(0));
    return now.halt() == null
        ? Decision.of(going)
        : Decision.of(going, new Effect.Tell(new GoesOn(name)), new Effect.Save());
  }

  /** What is the session? */
  Decision look(Course now) {
    Halt before = now.halt();
    return now.asking(n -> new InDoubt(new Step.Status(), n, before), Effect.AskStatus::new);
  }

  /** Is the file still the one that was planned? */
  Decision compare(Course now, Then then) {
    Halt before = now.halt();
    return now.asking(n -> new InDoubt(new Step.SameFile(then), n, before), Effect.Compare::new);
  }

  /** Which parts does the store have? */
  Decision listParts(Course now) {
    Halt before = now.halt();
    return now.asking(n -> new InDoubt(new Step.Parts(), n, before), Effect.AskParts::new);
  }

  /**
   * The session is not what we thought. The first look is at once; when looking does not settle it,
   * ever later. What several parts report before it is settled is one doubt.
   *
   * @param answered whether what it waited for said so; else that may tell more
   */
  Decision doubt(Course now, boolean answered) {
    return switch (now.phase()) {
      case Sending(int look) when look != 0 && !answered ->
          stay(now.in(new InDoubt(new Step.Status(), look, null)));
      case InDoubt _, Paused _ when !answered -> stay(now);
      case Sending _, Completing _, InDoubt _ -> newDoubt(now);
      case Paused paused -> stay(now.in(new Paused(paused.why(), 0, paused.due())));
      case Planned _, Waiting _, Ended _ -> stay(now);
    };
  }

  private Decision newDoubt(Course now) {
    int doubts = now.past().doubts();
    Course doubted = now.with(now.past().doubted());
    Halt before = now.halt();
    return doubts == 0
        ? look(doubted)
        : doubted.asking(
            n -> new InDoubt(new Step.LookLater(), n, before),
            n -> new Effect.After(SHORTLY.multipliedBy(Math.min(doubts + 1, 15)), n));
  }

  /** Somebody does not want it to move. */
  Decision pause(Course now, String why) {
    return Decision.of(now.in(new Paused(why, 0, 0)), told(now, why)).after();
  }

  /** The server is at it itself: that is over soon. */
  Decision pauseShortly(Course now, String why) {
    return now.asking(n -> new Paused(why, 0, n), n -> new Effect.After(SHORTLY, n))
        .after(told(now, why));
  }

  /** It cannot be now. Waits, longer each time; another reason to wait changes nothing. */
  Decision waits(Course now, Cause cause, String why, Instant at) {
    if (now.phase() instanceof Waiting) {
      return stay(now);
    }
    Row row = row(now.phase().tried(), cause, at);
    Duration wait =
        cause == Cause.STORE
            ? settings.forbiddenWait()
            : settings
                .patience()
                .retry()
                .after(row.tries(), new SplittableRandom(seed ^ at.hashCode()));
    Instant again = at.plus(wait).truncatedTo(ChronoUnit.MILLIS);
    return now.asking(n -> new Waiting(cause, why, again, row, n), n -> new Effect.After(wait, n))
        .after(told(now, why));
  }

  private static Row row(@Nullable Waiting before, Cause cause, Instant at) {
    return before == null || before.cause() != cause
        ? new Row(at, 1)
        : new Row(before.row().since(), before.row().tries() + 1);
  }

  /** Each reason once. */
  private static Effect[] told(Course before, String why) {
    Halt halt = before.halt();
    return halt != null && halt.why().equals(why)
        ? new Effect[] {new Effect.Save()}
        : new Effect[] {new Effect.TellHalt(), new Effect.Save()};
  }

  /** While cleanup has not begun, an expired session can live on with all its parts. */
  Decision revive(Course now) {
    Halt before = now.halt();
    return now.with(now.past().revived())
        .asking(n -> new InDoubt(new Step.Extension(), n, before), Effect.AskExtension::new);
  }

  /** The session is gone: if the file is the same, its object gets another one. */
  Decision renew(Course now, String why, Instant at) {
    return now.past().restarts() >= MOST_RESTARTS
        ? waits(
            now.with(now.past().restartsForgotten()), Cause.SERVER, why + ", again and again", at)
        : compare(now, new Then.Renew(why));
  }

  Decision end(Course now, FileState how, @Nullable String why) {
    Effect end = new Effect.End(how, why);
    Course ended = now.in(new Ended(how, why, 0));
    if (how == FileState.DONE) {
      return Decision.of(ended, end);
    }
    Effect told = new Effect.Tell(new UploadStep.Ended(name, how, why == null ? "" + how : why));
    return how == FileState.CHANGED
        ? now.asking(
                n -> new Ended(how, why, n), n -> new Effect.Abandon(n, "the local file changed"))
            .after(end, told)
        : Decision.of(ended, end, told);
  }
}
