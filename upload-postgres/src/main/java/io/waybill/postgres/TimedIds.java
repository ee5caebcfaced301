package io.waybill.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A time as a range of UUIDv7s, which is what lists are ordered by. */
final class TimedIds {
  /** Below and above every id. */
  static final UUID FIRST = new UUID(0, 0);

  static final UUID LAST = new UUID(-1, -1);

  /** How far apart the time of a row and that in its id may be: clocks, and waiting in between. */
  private static final Duration APART = Duration.ofHours(1);

  private TimedIds() {}

  /** Not above the id of what is of this time or later. */
  static UUID floor(@Nullable Instant after) {
    return after == null ? FIRST : idOf(after.minus(APART), FIRST);
  }

  /** Above the id of what is of an earlier time, and not above the other bound. */
  static UUID ceiling(@Nullable Instant before, @Nullable UUID bound) {
    return least(before == null ? LAST : idOf(before.plus(APART), LAST), bound);
  }

  static @Nullable UUID floorOrNone(@Nullable Instant after) {
    return after == null ? null : floor(after);
  }

  static @Nullable UUID ceilingOrNone(@Nullable Instant before, @Nullable UUID bound) {
    return before == null ? bound : ceiling(before, bound);
  }

  /** The first id of a millisecond; what ids cannot tell is the end of all ids. */
  private static UUID idOf(Instant at, UUID end) {
    long millis = at.getEpochSecond() < 0 ? -1 : at.toEpochMilli();
    return millis < 0 || millis >= 1L << 48 ? end : new UUID(millis << 16, 0);
  }

  private static UUID least(UUID bound, @Nullable UUID before) {
    return before != null
            && Long.compareUnsigned(before.getMostSignificantBits(), bound.getMostSignificantBits())
                < 0
        ? before
        : bound;
  }
}
