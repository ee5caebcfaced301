package io.waybill.hivemq;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was allowed a moment ago, so that not every message is a question. */
final class AllowedUses {
  /** A device uses some ten topics and filters. */
  private static final int MOST = 100_000;

  /** Ours are shorter; a device's own ones fill nobody's memory. */
  private static final int LONGEST_TOPIC = 256;

  private static final Duration SWEPT_EACH = Duration.ofSeconds(1);

  private final Duration memory;
  private final Map<TopicUse, Long> allowed = new ConcurrentHashMap<>();
  private volatile long swept = System.nanoTime() - SWEPT_EACH.toNanos();

  AllowedUses(Duration memory) {
    this.memory = memory;
  }

  boolean has(TopicUse use) {
    Long nanos = allowed.get(use);
    return nanos != null && isRecent(nanos);
  }

  void add(TopicUse use) {
    if (allowed.size() >= MOST && System.nanoTime() - swept > SWEPT_EACH.toNanos()) {
      swept = System.nanoTime();
      allowed.values().removeIf(nanos -> !isRecent(nanos));
    }
    if (allowed.size() < MOST && use.topic().length() <= LONGEST_TOPIC) {
      allowed.put(use, System.nanoTime());
    }
  }

  private boolean isRecent(long nanos) {
    return System.nanoTime() - nanos < memory.toNanos();
  }
}
