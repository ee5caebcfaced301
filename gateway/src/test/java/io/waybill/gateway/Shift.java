package io.waybill.gateway;

import io.waybill.core.memory.ManualTime;
import io.waybill.doors.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Turns that take turns: one at a time runs, always the oldest that can go on, and only while the
 * test has it run. Time is in the test's hand. A thread here is no more than a place to stand.
 */
final class Shift implements Executor, Waits {

  private final ManualTime time;
  private final Instant start;
  private final List<Turn> turns = new ArrayList<>();
  private final Semaphore handedBack = new Semaphore(0);
  private @Nullable Turn running;

  Shift(ManualTime time) {
    this.time = time;
    this.start = time.instant();
  }

  private static final class Turn {
    private final Semaphore mayGo = new Semaphore(0);
    private CompletableFuture<?> end = CompletableFuture.completedFuture(null);
    private long until = Long.MAX_VALUE;
  }

  @Override
  public void execute(Runnable work) {
    Turn turn = new Turn();
    turns.add(turn);
    Thread.ofVirtual()
        .start(() -> {
          turn.mayGo.acquireUninterruptibly();
          try {
            work.run();
          } finally {
            turns.remove(turn);
            handedBack.release();
          }
        });
  }

  /** Lets everything go on as far as it can; who waits for an end or for time stands. */
  void run() {
    for (Turn next = next(); next != null; next = next()) {
      running = next;
      next.mayGo.release();
      handedBack.acquireUninterruptibly();
    }
    running = null;
  }

  /** The same after so much time. */
  void runAfter(Duration passed) {
    time.advance(passed);
    run();
  }

  /** All that stand here are gone for good: their process has died. */
  void die() {
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
    Turn turn = java.util.Objects.requireNonNull(running);
    turn.end = end;
    turn.until = until;
    handedBack.release();
    turn.mayGo.acquireUninterruptibly();
    return end.isDone();
  }

  @Override
  public long nanoTime() {
    return Duration.between(start, time.instant()).toNanos();
  }

  @Override
  public boolean pause(Duration length) {
    boolean _ = stand(new CompletableFuture<>(), nanoTime() + length.toNanos());
    return true;
  }

  @Override
  public boolean isDone(CompletableFuture<?> end) {
    return end.isDone() || stand(end, Long.MAX_VALUE);
  }

  @Override
  public boolean isDoneWithin(CompletableFuture<?> end, Duration patience) {
    return end.isDone() || stand(end, nanoTime() + patience.toNanos());
  }
}
