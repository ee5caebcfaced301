package io.waybill.agent.upload;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What a run moves; written as it moves, read by whoever draws it. */
final class Meter {

  private final AtomicLong moved = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();
  private final AtomicInteger retries = new AtomicInteger();

  void moved(long bytes) {
    moved.addAndGet(bytes);
    underWay.addAndGet(bytes);
  }

  /** A PUT is over that had moved so much. */
  void settled(long bytes) {
    underWay.addAndGet(-bytes);
  }

  void retried() {
    retries.incrementAndGet();
  }

  long movedBytes() {
    return moved.get();
  }

  long underWayBytes() {
    return underWay.get();
  }

  int retries() {
    return retries.get();
  }
}
