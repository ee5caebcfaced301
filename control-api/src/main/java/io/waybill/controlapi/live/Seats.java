package io.waybill.controlapi.live;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** How many streams there are, and how many of each caller. */
final class Seats {

  private final int all;
  private final int each;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, Integer> ofCallers = new HashMap<>();
  private int taken;

  Seats(int all, int each) {
    this.all = all;
    this.each = each;
  }

  /** False when all are taken, or as many as one may have. */
  boolean take(UUID caller) {
    lock.lock();
    try {
      if (taken == all || ofCallers.getOrDefault(caller, 0) == each) {
        return false;
      }
      taken++;
      ofCallers.merge(caller, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave(UUID caller) {
    lock.lock();
    try {
      taken--;
      ofCallers.computeIfPresent(caller, (id, count) -> count > 1 ? count - 1 : null);
    } finally {
      lock.unlock();
    }
  }

  int taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
