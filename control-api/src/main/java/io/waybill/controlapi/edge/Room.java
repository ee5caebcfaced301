package io.waybill.controlapi.edge;

import io.waybill.core.access.Identity;
import io.waybill.doors.Waits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may wait for one part of the world at once. One tenant, and one caller of it,
 * has a share only, so that what it waits for keeps nobody else out; a device has a small one.
 * Whoever finds no place waits for one a little, with so many others at most.
 */
final class Room {

  private static final int QUEUE_PER_PLACE = 4;

  private final int places;
  private final Duration patience;
  private final Waits waits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, Integer> inside = new HashMap<>();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int free;

  /** Somebody without a place. */
  private static final class Waiting {
    final @Nullable Identity guest;
    final CompletableFuture<@Nullable Void> turn = new CompletableFuture<>();

    Waiting(@Nullable Identity guest) {
      this.guest = guest;
    }
  }

  /**
   * @param patience how long a request waits for a place
   */
  Room(int places, Duration patience, Waits waits) {
    if (places < 1 || patience.isNegative()) {
      throw new IllegalArgumentException("A room has a place, and a time to wait for it.");
    }
    this.places = places;
    this.free = places;
    this.patience = patience;
    this.waits = waits;
  }

  /**
   * Takes a place; whoever got one leaves.
   *
   * @param guest null while nobody has been recognised
   * @return false when none became free in time
   */
  boolean enter(@Nullable Identity guest) {
    Waiting waiting = new Waiting(guest);
    lock.lock();
    try {
      if (hasPlace(guest)) {
        take(guest);
        return true;
      }
      if (queue.size() >= places * QUEUE_PER_PLACE) {
        return false;
      }
      queue.add(waiting);
    } finally {
      lock.unlock();
    }
    return waits.isDoneWithin(waiting.turn, patience) || isInAfterAll(waiting);
  }

  void leave(@Nullable Identity guest) {
    lock.lock();
    try {
      free++;
      if (guest != null) {
        inside.computeIfPresent(guest.tenantId(), (id, n) -> n > 1 ? n - 1 : null);
        inside.computeIfPresent(guest.id(), (id, n) -> n > 1 ? n - 1 : null);
      }
      Iterator<Waiting> waiting = queue.iterator();
      while (free > 0 && waiting.hasNext()) {
        Waiting next = waiting.next();
        if (hasPlace(next.guest)) {
          waiting.remove();
          take(next.guest);
          next.turn.complete(null);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Who waits no longer leaves the queue, unless a place came in that very moment. */
  private boolean isInAfterAll(Waiting waiting) {
    lock.lock();
    try {
      return !queue.remove(waiting);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasPlace(@Nullable Identity guest) {
    return free > 0 && (guest == null || isWithinShares(guest));
  }

  private boolean isWithinShares(Identity guest) {
    return inside.getOrDefault(guest.tenantId(), 0) < tenantShare()
        && inside.getOrDefault(guest.id(), 0) < callerShare(guest);
  }

  private void take(@Nullable Identity guest) {
    free--;
    if (guest != null) {
      inside.merge(guest.tenantId(), 1, Integer::sum);
      inside.merge(guest.id(), 1, Integer::sum);
    }
  }

  private int tenantShare() {
    return Math.max(1, places * 3 / 4);
  }

  private int callerShare(Identity guest) {
    return Math.max(1, guest.isDevice() ? places / 8 : places / 2);
  }
}
