package io.waybill.agent.upload;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the run's thread has to do next: what others report, and what was put off. */
final class Mailbox {

  private record Later(long at, Runnable what) {}

  private final BlockingQueue<Runnable> reports = new LinkedBlockingQueue<>();
  private final PriorityQueue<Later> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::at));

  /** From any thread. */
  void post(Runnable report) {
    reports.add(report);
  }

  /** From the run's own thread. */
  void after(Duration wait, Runnable what) {
    later.add(new Later(System.nanoTime() + wait.toNanos(), what));
  }

  /** Runs everything that is due; waits for the first of it, but no longer than {@code most}. */
  void work(Duration most) throws InterruptedException {
    long wait = most.toNanos();
    Later first = later.peek();
    if (first != null) {
      wait = Math.min(wait, Math.max(0, first.at() - System.nanoTime()));
    }
    Runnable report = reports.poll(wait, TimeUnit.NANOSECONDS);
    while (report != null) {
      report.run();
      report = reports.poll();
    }
    for (Later next = later.peek();
        next != null && next.at() - System.nanoTime() <= 0;
        next = later.peek()) {
      later.remove().what().run();
    }
  }
}
