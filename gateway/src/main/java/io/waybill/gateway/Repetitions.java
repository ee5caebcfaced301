package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.idempotency.Scope;
import io.waybill.doors.Waits;
import io.waybill.wire.Request;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A device repeats what is not answered, with the same key. While the first call is at work, here
 * or in another gateway, a repetition waits for its end and nobody asks the database for it; it
 * holds nothing meanwhile that others need.
 */
final class Repetitions {

  /** Longer than the lease on a key: after it, the next try takes the call over. */
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  /** How often a call is asked for that is at work elsewhere: twice as long after each time. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private static final Duration LAST_PAUSE = Duration.ofSeconds(4);

  private final Turns<Scope, Same> turns = new Turns<>();
  private final Room<Owner> waiting;
  private final Waits waits;

  /**
   * Makes one.
   *
   * @param waiting the places of those who wait: they are acknowledged, so this is what bounds them
   */
  Repetitions(Room<Owner> waiting, Waits waits) {
    this.waiting = waiting;
    this.waits = waits;
  }

  /** What makes two requests have one answer, and it go to one place. */
  private record Same(Request request, ReplyTo reply) {}

  /**
   * Does the work of one request when no other of its key is at work.
   *
   * @param work from the time since when the request is held to a verdict
   * @return empty when the same request waits already
   */
  Optional<Verdict<?>> inTurn(Scope key, Road.Traveller traveller, LongFunction<Verdict<?>> work) {
    long began = waits.nanoTime();
    long held = traveller.since();
    Same same = new Same(traveller.request(), traveller.reply());
    while (true) {
      switch (turns.come(key, same)) {
        case Turns.Mine<Scope, Same>(var turn) -> {
          try (turn) {
            return Optional.of(work(traveller, began, held, work));
          }
        }
        case Turns.Waits<Scope, Same>(var turn) -> {
          if (!hasSeenTheEnd(turn, traveller, began)) {
            return Optional.of(inProgress());
          }
          held = waits.nanoTime();
        }
        case Turns.Joined<Scope, Same> joined -> {
          return Optional.empty();
        }
        case Turns.Crowded<Scope, Same> crowded -> {
          return Optional.of(inProgress());
        }
      }
    }
  }

  /** Waits for a call in this gateway. */
  private boolean hasSeenTheEnd(
      Turns<Scope, Same>.Turn turn, Road.Traveller traveller, long began) {
    if (!waiting.enter(traveller.owner())) {
      turn.giveUp();
      return false;
    }
    try {
      traveller.harmless().run();
      if (waits.isDoneWithin(turn.end(), Duration.ofNanos(Math.max(0, left(began))))) {
        return true;
      }
      turn.giveUp();
      return false;
    } finally {
      waiting.leave(traveller.owner());
    }
  }

  /** Works, and while the first call is at work in another gateway, looks for its end. */
  private Verdict<?> work(
      Road.Traveller traveller, long began, long since, LongFunction<Verdict<?>> work) {
    Duration pause = FIRST_PAUSE;
    Verdict<?> verdict = work.apply(since);
    while (isInProgress(verdict) && left(began) > 0 && waiting.enter(traveller.owner())) {
      try {
        traveller.harmless().run();
        if (!waits.pause(pause)) {
          return verdict;
        }
      } finally {
        waiting.leave(traveller.owner());
      }
      pause = pause.compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
      verdict = work.apply(waits.nanoTime());
    }
    return verdict;
  }

  private long left(long began) {
    return began + PATIENCE.toNanos() - waits.nanoTime();
  }

  private static boolean isInProgress(Verdict<?> verdict) {
    return verdict instanceof Verdict.Refused<?>(Refusal refusal)
        && refusal.code() == ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS;
  }

  private static Verdict<?> inProgress() {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS,
                ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS.meaning())
            .retryAfter(1));
  }
}
