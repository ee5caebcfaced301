package io.waybill.s3;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An end for calls that have none of their own: a socket's read timeout starts again with every
 * byte. A call runs on a virtual thread, because interrupting one closes the socket it waits on.
 */
final class Deadline {

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The earlier of the two. */
  Deadline or(@Nullable Deadline other) {
    return other == null || endNanos - other.endNanos < 0 ? this : other;
  }

  /** The call's result, if it comes in time. */
  <T> T run(Callable<T> call) {
    long left = endNanos - System.nanoTime();
    if (left <= 0) {
      throw StorageFault.of(new TimeoutException());
    }
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().name("storage-call").start(task);
    try {
      return task.get(left, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error bug) {
        throw bug;
      }
      throw StorageFault.of(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      task.cancel(true);
      throw StorageFault.of(e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw StorageFault.of(e);
    }
  }
}
