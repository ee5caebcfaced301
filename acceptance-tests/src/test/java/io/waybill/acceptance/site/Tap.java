package io.waybill.acceptance.site;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How fast bytes pass the relay, and how many bytes of parts may; it counts these. */
final class Tap {
  private final AtomicLong partBytes = new AtomicLong();
  private volatile long pauseNanosPerChunk;
  private long most = Long.MAX_VALUE; // guarded by this

  long partBytes() {
    return partBytes.get();
  }

  void pace(long nanosPerChunk) {
    pauseNanosPerChunk = nanosPerChunk;
  }

  synchronized void holdAfter(long bytes) {
    most = bytes;
    notifyAll();
  }

  /** Returns when these bytes may pass. */
  void pass(boolean isPart, long bytes) {
    if (pauseNanosPerChunk > 0) {
      LockSupport.parkNanos(pauseNanosPerChunk);
    }
    if (isPart) {
      passWhenAllowed(bytes);
    }
  }

  private synchronized void passWhenAllowed(long bytes) {
    try {
      while (partBytes.get() >= most) {
        wait();
      }
      partBytes.addAndGet(bytes);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
