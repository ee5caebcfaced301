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

  /** The same where one process takes both in one moment: what has a time of its making. */
  private static final Duration MADE_APART = Duration.ofMinutes(1);

  private TimedIds() {}

  /** Not above the id of what is of this time or later. */
  static UUID floor(@Nullable Instant after) {
    return after == null ? FIRST : idOf(after.minus(APART), FIRST);
  }

  /** Above the id of what is of an earlier time, and not above the other bound. */
  static UUID ceiling(@Nullable Instant before, @Nullable UUID bound) {
    return least(before == null ? LAST : idOf(before.plus(APART), LAST), bound);
  }

  /** Not above the id of what was made at this time or later; null for no time. */
  static @Nullable UUID madeFrom(@Nullable Instant after) {
    return after == null ? null : idOf(after.minus(MADE_APART), FIRST);
  }

  /** Above the id of what was made earlier, and not above the other bound; null for neither. */
  static @Nullable UUID madeUntil(@Nullable Instant before, @Nullable UUID bound) {
    return before == null ? bound : least(idOf(before.plus(MADE_APART), LAST), bound);
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
