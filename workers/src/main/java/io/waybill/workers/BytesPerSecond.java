package io.waybill.workers;

import io.waybill.core.Outage;
import io.waybill.core.validation.Pace;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * So many bytes a second for all who read in this process. Each is told when its turn is and waits
 * for it without holding up who asks next; nothing is saved up while nobody reads.
 */
public final class BytesPerSecond implements Pace {
  private final double nanosPerByte;
  private final LongSupplier nanoTime;
  private final Rest rest;
  private final ReentrantLock lock = new ReentrantLock();
  private long free;

  /** Lets time pass. */
  @FunctionalInterface
  interface Rest {
    Rest ASLEEP = nanos -> Thread.sleep(Duration.ofNanos(nanos));

    void nanos(long nanos) throws InterruptedException;
  }

  BytesPerSecond(long bytes, LongSupplier nanoTime, Rest rest) {
    if (bytes < 1) {
      throw new IllegalArgumentException("A pace is at least a byte a second.");
    }
    this.nanosPerByte = 1e9 / bytes;
    this.nanoTime = nanoTime;
    this.rest = rest;
    this.free = nanoTime.getAsLong();
  }

  /** Of this machine's time; as fast as storage gives it where that is 0. */
  public static Pace of(long bytes) {
    return bytes == 0 ? Pace.ANY : new BytesPerSecond(bytes, System::nanoTime, Rest.ASLEEP);
  }

  @Override
  public void take(long bytes) {
    long wait = turn(bytes);
    if (wait <= 0) {
      return;
    }
    try {
      rest.nanos(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Outage.storage("stopped while it waited for its turn to read", e);
    }
  }

  /** How long until then, in nanoseconds. */
  private long turn(long bytes) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      long mine = free - now > 0 ? free : now;
      free = mine + Math.round(bytes * nanosPerByte);
      return mine - now;
    } finally {
      lock.unlock();
    }
  }
}
