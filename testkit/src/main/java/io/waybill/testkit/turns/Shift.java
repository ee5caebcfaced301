package io.waybill.testkit.turns;

import io.waybill.core.memory.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What one process has under way, without a thread: turns go on one at a time, always the oldest
 * that can, and only while the test has them. Time is in the test's hand. It waits as the doors'
 * {@code Waits} want it: a subclass that says so needs no method of its own.
 */
public class Shift implements Executor {

  private final ManualTime time;
  private final Instant start;
  private final List<Turn> turns = new ArrayList<>();
  private @Nullable Turn running;

  /** Begins now, with nothing to do. */
  public Shift(ManualTime time) {
    this.time = time;
    this.start = time.instant();
  }

  private static final class Turn {
    private final Coroutine coroutine;
    private CompletableFuture<?> end = CompletableFuture.completedFuture(null);
    private long until = Long.MAX_VALUE;

    Turn(Runnable work) {
      this.coroutine = new Coroutine(work);
    }
  }

  @Override
  public void execute(Runnable work) {
    turns.add(new Turn(work));
  }

  /** Lets everything go on as far as it can; who waits for an end or for time stands. */
  public void run() {
    for (Turn next = next(); next != null; next = next()) {
      running = next;
      if (!next.coroutine.proceed()) {
        turns.remove(next);
      }
    }
    running = null;
  }

  /** The same after so much time. */
  public void runAfter(Duration passed) {
    time.advance(passed);
    run();
  }

  /** All that stand here are gone for good: their process has died. */
  public void die() {
    turns.clear();
  }

  private @Nullable Turn next() {
    for (Turn turn : turns) {
      if (turn.end.isDone() || nanoTime() >= turn.until) {
        return turn;
      }
    }
    return null;
  }

  private boolean stand(CompletableFuture<?> end, long until) {
    Turn turn = Objects.requireNonNull(running, "nothing runs here");
    turn.end = end;
    turn.until = until;
    Coroutine.pause();
    return end.isDone();
  }

  /** Nanoseconds since the beginning. */
  public long nanoTime() {
    return Duration.between(start, time.instant()).toNanos();
  }

  /** Stands for so long; true, for nobody is told to end here. */
  public boolean pause(Duration length) {
    boolean _ = stand(new CompletableFuture<>(), nanoTime() + length.toNanos());
    return true;
  }

  /** Stands until it has come. */
  public boolean isDone(CompletableFuture<?> end) {
    return end.isDone() || stand(end, Long.MAX_VALUE);
  }

  /** Stands until it has come, or so long; false when it has not. */
  public boolean isDoneWithin(CompletableFuture<?> end, Duration patience) {
    return end.isDone() || stand(end, nanoTime() + patience.toNanos());
  }
}
