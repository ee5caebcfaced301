package io.waybill.doors;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A request waits as its thread does; an interrupted thread is told to end, and stays so. */
public final class ThreadWaits implements Waits {

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean pause(Duration length) {
    LockSupport.parkNanos(length.toNanos());
    return !Thread.currentThread().isInterrupted();
  }

  @Override
  public boolean isDone(CompletableFuture<?> end) {
    try {
      end.get();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean isDoneWithin(CompletableFuture<?> end, Duration patience) {
    try {
      end.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(ExecutionException e) {
    return new IllegalStateException("what is waited for comes to an end, and never fails", e);
  }
}
