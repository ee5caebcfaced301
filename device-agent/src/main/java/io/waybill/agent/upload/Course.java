package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Ended;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Planned;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.agent.upload.Phase.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way: its phase, and the little that outlives a phase.
 *
 * @param held whether somebody holds it on this machine
 */
record Course(Phase phase, boolean held, Past past) {

  /**
   * What counts on from phase to phase.
   *
   * @param numbers how many were given out
   * @param doubts how many in a row, without a part stored in between
   * @param restarts sessions that this run had to leave behind
   * @param mayRevive whether an expired session is worth asking for more life
   * @param lookedAt when the session was last looked at without need
   */
  record Past(int numbers, int doubts, int restarts, boolean mayRevive, Instant lookedAt) {

    Past numbered() {
      return new Past(numbers + 1, doubts, restarts, mayRevive, lookedAt);
    }

    Past doubted() {
      return new Past(numbers, doubts + 1, restarts, mayRevive, lookedAt);
    }

    Past partStored() {
      return new Past(numbers, 0, restarts, true, lookedAt);
    }

    Past revived() {
      return new Past(numbers, doubts, restarts, false, lookedAt);
    }

    Past restarted() {
      return new Past(numbers, doubts, restarts + 1, true, lookedAt);
    }

    Past restartsForgotten() {
      return new Past(numbers, doubts, 0, mayRevive, lookedAt);
    }

    Past looked(Instant at) {
      return new Past(numbers, doubts, restarts, mayRevive, at);
    }
  }

  /** Where a run finds a file. */
  static Course of(FileState state, @Nullable String reason, Instant at) {
    Phase phase =
        switch (state) {
          case PLANNED -> new Planned(null);
          case OPEN -> new InDoubt(new Step.Status(), 0, null);
          case DONE, CHANGED, REFUSED, ABORTED -> new Ended(state, reason, 0);
        };
    return new Course(phase, false, new Past(0, 0, 0, true, at));
  }

  /** Whether parts may be started. */
  boolean sends() {
    return phase instanceof Sending && !held;
  }

  /** What it has waited for longer than {@code patience} has; else null. */
  Phase.@Nullable Waiting outwaited(Instant at, UploadSettings.Patience patience) {
    Phase.Waiting tried = phase.tried();
    return tried != null
            && Duration.between(tried.row().since(), at).toNanos() >= patience.with(tried.cause())
        ? tried
        : null;
  }

  /** Why it stands still, for a person; null when it does not. */
  Phase.@Nullable Halt halt() {
    return phase.halt();
  }

  Course in(Phase next) {
    return new Course(next, held, past);
  }

  Course with(Past now) {
    return new Course(phase, held, now);
  }

  Course held(boolean now) {
    return new Course(phase, now, past);
  }

  /** Goes to a phase that waits for an answer, with what brings the answer. */
  Decision asking(IntFunction<Phase> next, IntFunction<Effect> effect) {
    Past now = past.numbered();
    return Decision.of(
        new Course(next.apply(now.numbers()), held, now), effect.apply(now.numbers()));
  }
}
