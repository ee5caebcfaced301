package io.waybill.agent.transfer;

import java.util.function.LongSupplier;

/** The common speed limit of all connections: each reservation says how long to wait before it. */
final class Pace {

  static final long UNLIMITED = 0;

  private static final int SMALLEST_PIECE = 1 << 10;
  private static final int LARGEST_PIECE = 64 << 10;

  private volatile long bytesPerSecond;
  private final LongSupplier nanoTime;
  private long nextFree;

  Pace(long bytesPerSecond, LongSupplier nanoTime) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.nextFree = nanoTime.getAsLong();
  }

  /** Another limit from now on, also for what is under way. */
  synchronized void limit(long now) {
    bytesPerSecond = now;
    nextFree = Math.min(nextFree, nanoTime.getAsLong());
  }

  boolean limited() {
    return bytesPerSecond != UNLIMITED;
  }

  /** How much to send at once: several pieces a second, so that a slow line is a steady one. */
  int piece() {
    return Math.clamp(bytesPerSecond / 8, SMALLEST_PIECE, LARGEST_PIECE);
  }

  /** Books {@code bytes}; the answer is how many nanoseconds to let pass before sending them. */
  synchronized long reserve(long bytes) {
    long rate = bytesPerSecond;
    if (rate == UNLIMITED) {
      return 0;
    }
    long now = nanoTime.getAsLong();
    long start = Math.max(now, nextFree);
    nextFree = start + (long) (bytes * 1e9 / rate);
    return start - now;
  }
}
