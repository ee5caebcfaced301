package io.waybill.core.access.usecase;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may happen for each of many: so many times at once, then one each while. Of
 * each it keeps one point in time: until when all that has happened is paid for. Not for several
 * threads.
 */
final class Pace {

  private final Duration each;
  private final Duration burst;
  private final Map<String, Instant> paidUntil;

  /**
   * @param remembered of so many; who was heard of longest ago is forgotten first
   */
  Pace(int perMinute, int atOnce, int remembered) {
    this.each = Duration.ofMinutes(1).dividedBy(perMinute);
    this.burst = each.multipliedBy(atOnce);
    this.paidUntil = Newest.of(remembered);
  }

  /** Once more, unless it has been too often. */
  boolean take(String of, Instant now) {
    Instant until = paidUntil.get(of);
    Instant paid = until == null || until.isBefore(now) ? now : until;
    Instant then = paid.plus(each);
    if (then.isAfter(now.plus(burst))) {
      return false;
    }
    paidUntil.put(of, then);
    return true;
  }

  /** Once less: it was not what is counted. */
  void giveBack(String of) {
    paidUntil.computeIfPresent(of, (key, until) -> until.minus(each));
  }

  /** As many as there is room for: the one that was touched longest ago goes. */
  static final class Newest<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;
    private final int most;

    private Newest(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    static <V> Map<String, V> of(int most) {
      return new Newest<>(most);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > most;
    }
  }
}
