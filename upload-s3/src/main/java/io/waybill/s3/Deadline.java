package io.waybill.s3;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An end for calls that have none of their own: a socket's read timeout starts again with every
 * byte. The call runs on a virtual thread, because interrupting one closes the socket it waits on.
 */
final class Deadline {

  private Deadline() {}

  static <T> T within(Duration limit, Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().name("storage-call").start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
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
