package io.waybill.controlapi.live;

import io.waybill.core.access.Identity;
import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Placed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows a project: what the one reader has found for it and it has not taken yet. It
 * is bounded; who is too slow to take it is let go, and comes again with the last id that it got.
 */
final class Follower {

  /** Why there is nothing more to take. */
  enum End {
    /** It did not take events as fast as they came. */
    SLOW,
    /** The server stops, or can read no more. */
    STOPPED
  }

  /**
   * What there was to take.
   *
   * @param events none when there was nothing for as long as it was waited
   * @param passed the place up to which everything was taken, these events included
   * @param end null while there may be more
   */
  record Taken(List<Placed> events, Place passed, @Nullable End end) {}

  private final UUID projectId;
  private final int most;
  private final CompletableFuture<Place> begin = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<Placed> waiting = new ArrayDeque<>();
  private Place passed = new Place(0, 0);
  private @Nullable End end;
  private volatile Identity identity;

  /**
   * @param most how many events wait for it at most
   */
  Follower(UUID projectId, Identity identity, int most) {
    this.projectId = projectId;
    this.identity = identity;
    this.most = most;
  }

  UUID projectId() {
    return projectId;
  }

  Identity identity() {
    return identity;
  }

  /** It may see other things from now on. */
  void become(Identity other) {
    identity = other;
  }

  /** Done with the place behind which it is given everything. */
  CompletableFuture<Place> begin() {
    return begin;
  }

  void beginAt(Place place) {
    lock.lock();
    try {
      passed = place;
    } finally {
      lock.unlock();
    }
    begin.complete(place);
  }

  void give(Placed event) {
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      if (waiting.size() == most) {
        finish(End.SLOW);
        return;
      }
      waiting.add(event);
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Everything up to here was given. */
  void pass(Place place) {
    lock.lock();
    try {
      passed = place;
    } finally {
      lock.unlock();
    }
  }

  void finish(End why) {
    lock.lock();
    try {
      if (end == null) {
        end = why;
        waiting.clear();
        news.signal();
      }
    } finally {
      lock.unlock();
    }
    begin.cancel(false);
  }

  /** Whether it was let go because it did not take what it was given. */
  boolean isCutOff() {
    lock.lock();
    try {
      return end == End.SLOW;
    } finally {
      lock.unlock();
    }
  }

  /** Everything that waits; waits for it for so long. */
  Taken take(Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lock();
    try {
      while (waiting.isEmpty() && end == null && nanos > 0) {
        nanos = news.awaitNanos(nanos);
      }
      List<Placed> events = new ArrayList<>(waiting);
      waiting.clear();
      // Of a stretch that is still being given the end was not passed yet, of its events this one.
      Place last = events.isEmpty() ? passed : events.getLast().place();
      return new Taken(events, last.isAfter(passed) ? last : passed, end);
    } finally {
      lock.unlock();
    }
  }

  /** See {@link #begin()}; null when it was let go, or nothing could be read in time. */
  @Nullable Place beginWithin(Duration patience) throws InterruptedException {
    try {
      return begin.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (CancellationException | ExecutionException | TimeoutException e) {
      return null;
    }
  }
}
