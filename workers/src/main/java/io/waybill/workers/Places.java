package io.waybill.workers;

import io.waybill.core.trace.Span;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * So many things are worked on at once, each on a thread of its own. Who hands them out waits for
 * none of them: what takes minutes holds up nothing but its own place.
 */
final class Places implements AutoCloseable {
  /** Who waits longer than this looks stuck to whoever watches, and is not. */
  private static final long PATIENCE_SECONDS = 5;

  private final Supplier<Span> spans;
  private final Semaphore free;
  private final ExecutorService threads;

  /**
   * Places that are all free.
   *
   * @param name of their threads, before their number
   * @param spans begins one for each thing, as its thread takes it up
   */
  Places(String name, int places, Supplier<Span> spans) {
    this.spans = spans;
    this.free = new Semaphore(places);
    this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name, 0).factory());
  }

  /**
   * What a round handed out.
   *
   * @param isFull whether it was as many as there were places free, so that there may be more
   */
  record Taken(int items, boolean isFull) {}

  /**
   * Waits a little for a free place, and begins to work on as many things as there are places free
   * by then; on none where there is none.
   *
   * @param claim gives so many at most; what it throws leaves all places free
   * @param work on one of them, wherever it ends
   */
  <T> Taken take(IntFunction<List<T>> claim, Consumer<T> work) throws InterruptedException {
    if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return new Taken(0, false);
    }
    int claimable = 1 + free.drainPermits();
    List<T> claimed = List.of();
    try {
      claimed = claim.apply(claimable);
    } finally {
      free.release(claimable - claimed.size());
    }
    claimed.forEach(one -> begin(() -> work.accept(one)));
    return new Taken(claimed.size(), claimed.size() == claimable);
  }

  /** Begins that where there is a place free; else false, and nothing has begun. */
  boolean tryBegin(Runnable work) {
    boolean isFree = free.tryAcquire();
    if (isFree) {
      begin(work);
    }
    return isFree;
  }

  private void begin(Runnable work) {
    threads.execute(() -> {
      try (Span _ = spans.get()) {
        work.run();
      } finally {
        free.release();
      }
    });
  }

  /** Waits for what is under way; an interrupt ends that, too. */
  @Override
  public void close() {
    threads.close();
  }
}
