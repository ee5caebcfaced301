package io.waybill.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs work of one key in the order in which it came, and of different keys beside each other. A
 * lane exists only while it has work, so a million devices that are silent cost nothing. How much
 * may wait in one lane is bounded here, how much in all by who lets it in.
 *
 * @param <K> what keeps order
 */
final class Lanes<K> {

  /** One piece of work. */
  @FunctionalInterface
  interface Work {
    /**
     * Does the work.
     *
     * @param letNextGo may be called once the order is settled, to let the next work of this lane
     *     begin before this one has ended
     */
    void run(Runnable letNextGo);
  }

  private final Map<K, Queue<Work>> waiting = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int waitingPerKey;
  private final Executor turns;
  private int inside;

  /**
   * Empty lanes.
   *
   * @param waitingPerKey how much may wait in one lane behind what has begun
   * @param turns runs what has begun
   */
  Lanes(int waitingPerKey, Executor turns) {
    this.waitingPerKey = waitingPerKey;
    this.turns = turns;
  }

  /** Lets work in, unless its lane is full. Returns at once. */
  boolean enter(K key, Work work) {
    return enter(key, work, waitingPerKey);
  }

  /** Lets work in however much waits in its lane: what comes is bounded by who sends it. */
  void enterBehind(K key, Work work) {
    var _ = enter(key, work, Integer.MAX_VALUE);
  }

  private boolean enter(K key, Work work, int mostWaiting) {
    lock.lock();
    try {
      Queue<Work> lane = waiting.get(key);
      if (lane != null && lane.size() >= mostWaiting) {
        return false;
      }
      inside++;
      changed.signalAll();
      if (lane != null) {
        lane.add(work);
        return true;
      }
      waiting.put(key, new ArrayDeque<>(2));
    } finally {
      lock.unlock();
    }
    turns.execute(() -> run(work, () -> next(key)));
    return true;
  }

  /** Lets work in that keeps no order. Returns at once. */
  void enterBeside(Work work) {
    lock.lock();
    try {
      inside++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    turns.execute(() -> run(work, () -> {}));
  }

  /** Work that has begun or waits. */
  int inside() {
    lock.lock();
    try {
      return inside;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is inside; false when that took too long. */
  boolean awaitEmpty(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (inside > 0) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether anything comes in within this time. */
  boolean hasWorkWithin(Duration time) throws InterruptedException {
    long left = time.toNanos();
    lock.lock();
    try {
      while (inside == 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return inside > 0;
    } finally {
      lock.unlock();
    }
  }

  private void run(Work work, Runnable next) {
    AtomicBoolean hasLetGo = new AtomicBoolean();
    Runnable letNextGo =
        () -> {
          if (hasLetGo.compareAndSet(false, true)) {
            next.run();
          }
        };
    try {
      work.run(letNextGo);
    } finally {
      leave();
      letNextGo.run();
    }
  }

  private void next(K key) {
    Work next;
    lock.lock();
    try {
      Queue<Work> lane = waiting.get(key);
      next = lane == null ? null : lane.poll();
      if (next == null) {
        waiting.remove(key);
        return;
      }
    } finally {
      lock.unlock();
    }
    turns.execute(() -> run(next, () -> next(key)));
  }

  private void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
