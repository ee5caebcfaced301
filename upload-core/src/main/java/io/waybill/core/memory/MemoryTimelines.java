package io.waybill.core.memory;

import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.TimelineStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryTimelines(MemoryTransaction tx) implements TimelineStore {

  @Override
  public List<LifecycleEvent> page(UUID tenantId, UUID sessionId, @Nullable UUID after, int limit) {
    return tx.moves().stream()
        .filter(e -> e.owner().tenantId().equals(tenantId) && e.sessionId().equals(sessionId))
        .filter(e -> after == null || e.eventId().compareTo(after) > 0)
        .sorted(Comparator.comparing(LifecycleEvent::eventId))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Instant> lastUrlEnd(UUID sessionId) {
    return tx.moves().stream()
        .filter(e -> e.sessionId().equals(sessionId))
        .map(LifecycleEvent::validUntil)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }
}
