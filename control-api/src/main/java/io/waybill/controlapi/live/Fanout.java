package io.waybill.controlapi.live;

import static java.util.stream.Collectors.groupingBy;

import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Placed;
import io.waybill.core.delivery.StreamStore.Stretch;
import io.waybill.core.delivery.usecase.FollowEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outbox once for all who follow. Whoever joins is given what comes behind the place at
 * which the next look begins; what came before it reads by itself.
 */
final class Fanout {

  /** What one look has found. */
  enum Look {
    NOBODY,
    NOTHING,
    MORE,
    /** Something waits for another transaction. */
    HELD_BACK
  }

  private final FollowEvents events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Follower> followers = new HashSet<>();
  private @Nullable Place place; // of the one reader alone
  private boolean isClosed;

  Fanout(FollowEvents events) {
    this.events = events;
  }

  void join(Follower one) {
    lock.lock();
    try {
      if (!isClosed) {
        followers.add(one);
        return;
      }
    } finally {
      lock.unlock();
    }
    one.finish(Follower.End.STOPPED);
  }

  void leave(Follower one) {
    lock.lock();
    try {
      followers.remove(one);
    } finally {
      lock.unlock();
    }
  }

  private List<Follower> followers() {
    lock.lock();
    try {
      return new ArrayList<>(followers);
    } finally {
      lock.unlock();
    }
  }

  /** Lets all go, and whoever comes. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
    } finally {
      lock.unlock();
    }
    letAllGo();
  }

  private void letAllGo() {
    followers().forEach(one -> one.finish(Follower.End.STOPPED));
  }

  /** Looks once, and gives what it finds; one thread at a time. */
  Look look() {
    List<Follower> all = followers();
    if (all.isEmpty()) {
      place = null;
      return Look.NOBODY;
    }
    Place from = place == null ? events.end() : place;
    place = from;
    all.forEach(one -> {
      if (!one.begin().isDone()) {
        one.beginAt(from);
      }
    });
    Map<UUID, List<Follower>> byProject = all.stream().collect(groupingBy(Follower::projectId));
    Stretch found = events.after(from, byProject.keySet());
    if (from.isAfter(found.end())) {
      place = null; // another database has taken the place of this one
      letAllGo();
      return Look.NOTHING;
    }
    for (Placed one : found.events()) {
      byProject.getOrDefault(one.event().projectId(), List.of()).forEach(who -> give(who, one));
    }
    all.forEach(one -> one.pass(found.end()));
    place = found.end();
    return found.hasMore() ? Look.MORE : found.isHeldBack() ? Look.HELD_BACK : Look.NOTHING;
  }

  private void give(Follower who, Placed one) {
    if (events.shows(who.identity(), one.event())) {
      who.give(one);
    }
  }
}
