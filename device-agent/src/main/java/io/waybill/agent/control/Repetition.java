package io.waybill.agent.control;

import io.waybill.wire.ErrorBody;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Asks again for as long as asking again can help: when nobody answered, and when the answer was a
 * "not now", as late as the server asked for.
 */
public final class Repetition implements AutoCloseable {

  /** One try. */
  @FunctionalInterface
  public interface Attempt<R> {
    Answer<R> ask() throws UnreachableException, InterruptedException;
  }

  /** Whom we ask, in words for a person. */
  public interface Asked {

    /** Where it is. */
    String address();

    /** Why its answer may be late. */
    String trouble();
  }

  private final Asked asked;
  private final Patience patience;
  private final BiFunction<Integer, Long, Duration> waits;
  private final LateAnswers late;

  /**
   * @param waits how long to wait after so many failures in a row, given the server's own wish in
   *     seconds (0 for none)
   * @param onWait told why we wait, when that takes longer than a moment
   */
  public Repetition(
      Asked asked,
      Patience patience,
      BiFunction<Integer, Long, Duration> waits,
      WaitListener onWait) {
    this.asked = asked;
    this.patience = patience;
    this.waits = waits;
    this.late = new LateAnswers(asked::trouble, patience.unreachable(), onWait);
  }

  /** Asks until there is an answer that counts, or patience ends. */
  public <R> Answer<R> ask(Attempt<R> attempt) throws UnreachableException, InterruptedException {
    LateAnswers.Pending pending = late.begin();
    try {
      return ask(attempt, pending);
    } finally {
      late.end(pending);
    }
  }

  private <R> Answer<R> ask(Attempt<R> attempt, LateAnswers.Pending pending)
      throws UnreachableException, InterruptedException {
    long start = System.nanoTime();
    for (int failures = 1; ; failures++) {
      Duration wait;
      try {
        Answer<R> answer = attempt.ask();
        if (!(answer instanceof Answer.Refused<R>(ErrorBody error)) || !error.retryable()) {
          return answer;
        }
        if (over(start, patience.busy())) {
          throw stillBusy(error);
        }
        Long wish = error.retryAfterSeconds();
        wait = waits.apply(failures, wish == null ? 0L : wish);
        pending.because(error.code() + ": " + error.message(), patience.busy());
      } catch (UnreachableException e) {
        if (over(start, patience.unreachable())) {
          throw e;
        }
        wait = waits.apply(failures, 0L);
        pending.because(String.valueOf(e.getMessage()), patience.unreachable());
      }
      Thread.sleep(wait);
    }
  }

  /** Never a refusal: what the server could not do for so long, it may do tomorrow. */
  private UnreachableException stillBusy(ErrorBody error) {
    return new UnreachableException(
        "the server at "
            + asked.address()
            + " could not for "
            + patience.busy().toSeconds()
            + " s: "
            + error.code()
            + ": "
            + error.message());
  }

  private static boolean over(long start, Duration limit) {
    return System.nanoTime() - start >= limit.toNanos();
  }

  @Override
  public void close() {
    late.close();
  }
}
