package io.waybill.core.access.usecase;

import io.waybill.core.access.Identity;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was let in a moment ago. All are kept for the same time, so they end in the order in which
 * they came: whoever comes takes away those that have ended, and a fleet that was heard once is not
 * remembered for ever.
 */
final class IdentityCache {
  /** The one that was read longest ago makes room for one more. */
  static final int MOST = 20_000;

  private final Map<String, Known> known = new LinkedHashMap<>();
  private long changes;

  private record Known(Identity identity, Instant until) {}

  /** Null when it is to be read. */
  synchronized @Nullable Identity find(String key, Instant now) {
    Known found = known.get(key);
    return found != null && now.isBefore(found.until()) ? found.identity() : null;
  }

  /** How often identities have changed: what is read from now on is as of this. */
  synchronized long changes() {
    return changes;
  }

  /** Not what was read before identities changed, but is only there to be kept after it. */
  synchronized void keep(String key, Identity identity, Instant now, Instant until, long asOf) {
    if (changes == asOf) {
      known.remove(key); // and in again as the youngest
      known.put(key, new Known(identity, until));
      dropEnded(now);
    }
  }

  private void dropEnded(Instant now) {
    Iterator<Known> eldest = known.values().iterator();
    while (eldest.hasNext()) {
      boolean isOver = !now.isBefore(eldest.next().until());
      if (!isOver && known.size() <= MOST) {
        return;
      }
      eldest.remove();
    }
  }

  /** Forgets everything. */
  synchronized void forget() {
    changes++;
    known.clear();
  }

  /** How many are remembered. */
  synchronized int size() {
    return known.size();
  }
}
