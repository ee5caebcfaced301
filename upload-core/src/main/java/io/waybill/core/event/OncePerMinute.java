package io.waybill.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says once a minute of each that something shall be written down about it, because whoever makes
 * it happen can make it happen any number of times. It remembers so many at most; while it is full,
 * nothing is written down about anybody new.
 */
public final class OncePerMinute<K> {

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;

  private final ConcurrentHashMap<K, Instant> noted = new ConcurrentHashMap<>();

  /** True once a minute, for one of all who ask at the same time. */
  public boolean isDue(K of, Instant now) {
    if (noted.size() >= REMEMBERED) {
      noted.values().removeIf(at -> isOver(at, now));
    }
    return noted.size() < REMEMBERED && isFirst(of, now);
  }

  private boolean isFirst(K of, Instant now) {
    Instant known = noted.putIfAbsent(of, now);
    return known == null || (isOver(known, now) && noted.replace(of, known, now));
  }

  private static boolean isOver(Instant since, Instant now) {
    return !now.isBefore(since.plus(PAUSE));
  }
}
