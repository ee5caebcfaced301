package io.waybill.agent.control;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The road by which the server asks things of this device, and hears what became of them: between
 * whoever holds the line and whoever obeys. Nothing is kept here. What finds no room is told again
 * by the server, and what could not be said is said again by whoever obeys.
 */
public final class CommandRoad {

  private static final int MOST_WAITING = 100;
  private static final Duration HANDING_OVER = Duration.ofSeconds(10);

  private final BlockingQueue<byte[]> told = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile Function<byte[], CompletableFuture<?>> line =
      _ -> CompletableFuture.failedFuture(new IllegalStateException("there is no line"));

  /**
   * From whoever holds the line.
   *
   * @param outwards takes a result; what it answers fails when the other end did not take it
   */
  public void open(Function<byte[], CompletableFuture<?>> outwards) {
    line = outwards;
  }

  /** A command has come; never waits. */
  public void heard(byte[] message) {
    var _ = told.offer(message);
  }

  /** The next command, when one comes in time. */
  public byte @Nullable [] next(Duration patience) throws InterruptedException {
    return told.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says what became of a command: whether the other end has it for certain. */
  public boolean say(byte[] result) throws InterruptedException {
    try {
      line.apply(result).get(HANDING_OVER.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
