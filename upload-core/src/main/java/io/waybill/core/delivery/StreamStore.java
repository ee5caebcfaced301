package io.waybill.core.delivery;

import io.waybill.core.event.OutboxEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The outbox as a stream that somebody follows: events in the order of their transactions, and only
 * below every running one, so that nothing comes later before what was read.
 */
public interface StreamStore {

  /**
   * A place between two events: everything up to this transaction and position is before it.
   *
   * @param xid of a transaction
   * @param position of an event in it
   */
  record Place(long xid, long position) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::xid).thenComparingLong(Place::position);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    public boolean isAfter(Place other) {
      return compareTo(other) > 0;
    }
  }

  /** An event, and the place right behind it. */
  record Placed(Place place, OutboxEvent event) {}

  /**
   * A piece of the stream.
   *
   * @param events those of it that were asked for, in order
   * @param end how far it was looked at
   * @param hasMore whether there may be more behind it at once
   * @param isHeldBack whether events wait for a transaction that may still come before them
   */
  record Stretch(List<Placed> events, Place end, boolean hasMore, boolean isHeldBack) {
    public Stretch {
      events = List.copyOf(events);
    }
  }

  /** The place behind everything that can be read now. */
  Place end();

  /**
   * What comes after a place.
   *
   * @param projects whose events are wanted
   * @param limit how many events are looked at, whoever wants them
   */
  Stretch after(Place place, Set<UUID> projects, int limit);

  /** What comes after a place in one project, of which no other event is looked at. */
  Stretch ofProject(UUID tenantId, UUID projectId, Place place, int limit);
}
