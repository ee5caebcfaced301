package io.waybill.agent.cli;

import io.waybill.agent.upload.UploadProgress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * Shows how far something is while it runs: a bar that is drawn over itself where a person watches,
 * a plain line every few seconds where progress was asked for.
 */
final class Painter {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final long LINE_EVERY = Duration.ofSeconds(5).toNanos();

  private final Terminal terminal;
  private final boolean lines;
  private final ProgressBar bar;

  Painter(Terminal terminal, boolean lines, ProgressBar bar) {
    this.terminal = terminal;
    this.lines = lines;
    this.bar = bar;
  }

  /** What is shown while it runs. */
  interface Work<E> {
    E run() throws InterruptedException;
  }

  /**
   * Runs it on this thread.
   *
   * @param progress how far it is now; asked by another thread
   * @param look told of each look, with {@link System#nanoTime()}
   */
  <E> E during(
      Work<E> work, Supplier<UploadProgress> progress, ObjLongConsumer<UploadProgress> look)
      throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Thread painter =
        Thread.ofPlatform().daemon().name("progress").start(() -> paint(progress, look, over));
    try {
      return work.run();
    } finally {
      over.countDown();
      painter.join(1_000);
    }
  }

  private void paint(
      Supplier<UploadProgress> progress,
      ObjLongConsumer<UploadProgress> look,
      CountDownLatch over) {
    Rates rates = new Rates(System.nanoTime());
    long nextLine = System.nanoTime() + LINE_EVERY;
    try {
      while (!over.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
        UploadProgress present = progress.get();
        long now = System.nanoTime();
        rates.sample(now, present.movedBytes());
        look.accept(present, now);
        if (terminal.attended()) {
          bar.draw(present, rates);
        } else if (lines && now - nextLine >= 0) {
          nextLine = now + LINE_EVERY;
          terminal.err().println(ProgressLine.plain(present, rates));
        }
      }
      bar.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
