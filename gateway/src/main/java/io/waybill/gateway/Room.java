package io.waybill.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places, bounded in all and for each key, so that the trouble of one does not take the places of
 * everybody. Nobody waits for a place: who waits holds something else meanwhile.
 *
 * @param <K> whose places are counted together
 */
final class Room<K> {

  private final int inAll;
  private final int perKey;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Integer> inside = new HashMap<>();
  private int taken;

  Room(int inAll, int perKey) {
    this.inAll = inAll;
    this.perKey = perKey;
  }

  /** Takes a place; false when there is none for this key. */
  boolean enter(K key) {
    lock.lock();
    try {
      int own = inside.getOrDefault(key, 0);
      if (taken >= inAll || own >= perKey) {
        return false;
      }
      taken++;
      inside.put(key, own + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back that {@link #enter} gave. */
  void leave(K key) {
    lock.lock();
    try {
      taken--;
      inside.computeIfPresent(key, (k, own) -> own == 1 ? null : own - 1);
    } finally {
      lock.unlock();
    }
  }
}
