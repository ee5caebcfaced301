package io.waybill.core.storage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How one store has fared lately, as this process has met it: of the calls in a rolling window,
 * those that failed or were slow. A call costs one compare-and-set, a look costs a few reads;
 * nobody waits for anybody.
 */
public final class StorageStrain {

  /**
   * From when on a store is strained.
   *
   * @param window how long a call counts
   * @param percent of the calls in it, failed or slow
   * @param slow from when on a call is one of them, whatever its answer
   * @param calls fewer of them in the window say nothing
   */
  public record Bounds(Duration window, int percent, Duration slow, int calls) {
    public static final Bounds DEFAULT =
        new Bounds(Duration.ofSeconds(30), 50, Duration.ofSeconds(2), 20);

    public Bounds {
      if (window.toMillis() < SLOTS || !slow.isPositive() || percent < 1 || calls < 1) {
        throw new IllegalArgumentException("every store would be strained, or none ever judged");
      }
    }
  }

  private static final int SLOTS = 10;
  private static final int COUNT_BITS = 20;
  private static final int TICK_SHIFT = 2 * COUNT_BITS;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final long TICK_MASK = (1L << (Long.SIZE - TICK_SHIFT)) - 1;

  private final Bounds bounds;
  private final long slotNanos;

  /** Each: the tick that it counts, the calls in it, and those of them that were bad. */
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  StorageStrain(Bounds bounds) {
    this.bounds = bounds;
    this.slotNanos = bounds.window().toNanos() / SLOTS;
  }

  /** A call has ended. */
  void count(boolean isFailure, long tookNanos, long nowNanos) {
    boolean isBad = isFailure || tookNanos >= bounds.slow().toNanos();
    long tick = tick(nowNanos);
    int index = Math.floorMod(tick, SLOTS);
    long before;
    long after;
    do {
      before = slots.get(index);
      boolean isOfThisTick = tickOf(before) == (tick & TICK_MASK);
      after = more(isOfThisTick ? before : tick << TICK_SHIFT, isBad);
    } while (!slots.compareAndSet(index, before, after));
  }

  boolean isStrained(long nowNanos) {
    long tick = tick(nowNanos);
    long calls = 0;
    long bad = 0;
    for (int i = 0; i < SLOTS; i++) {
      long slot = slots.get(i);
      if (((tick - tickOf(slot)) & TICK_MASK) < SLOTS) {
        calls += callsOf(slot);
        bad += badOf(slot);
      }
    }
    return calls >= bounds.calls() && bad * 100 >= calls * bounds.percent();
  }

  private long tick(long nanos) {
    return Math.floorDiv(nanos, slotNanos);
  }

  /** A slot that is full is as good a sample as one twice as large. */
  private static long more(long slot, boolean isBad) {
    boolean isFull = callsOf(slot) == COUNT_MASK;
    long calls = (isFull ? callsOf(slot) / 2 : callsOf(slot)) + 1;
    long bad = (isFull ? badOf(slot) / 2 : badOf(slot)) + (isBad ? 1 : 0);
    return (tickOf(slot) << TICK_SHIFT) | (calls << COUNT_BITS) | bad;
  }

  private static long tickOf(long slot) {
    return slot >>> TICK_SHIFT;
  }

  private static long callsOf(long slot) {
    return (slot >>> COUNT_BITS) & COUNT_MASK;
  }

  private static long badOf(long slot) {
    return slot & COUNT_MASK;
  }
}
