package io.waybill.doors;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How a request waits, and by which clock its waiting is measured. */
public interface Waits {

  /**
   * Nanoseconds by a clock that never goes back: only the difference of two of them says anything.
   */
  long nanoTime();

  /** Lets so much time pass; false when whoever waits is told to end. */
  boolean pause(Duration length);

  /** Waits for an end; false when whoever waits is told to end before it has come. */
  boolean isDone(CompletableFuture<?> end);

  /**
   * Waits for an end, so long at most.
   *
   * @return false when it did not come in time, or whoever waits is told to end
   */
  boolean isDoneWithin(CompletableFuture<?> end, Duration patience);
}
