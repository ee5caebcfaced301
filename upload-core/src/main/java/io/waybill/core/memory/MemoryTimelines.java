package io.waybill.core.memory;

import io.waybill.core.device.Device;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Signs;
import io.waybill.core.upload.TimelineStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  public Map<UUID, Signs> signs(UUID tenantId, Collection<UUID> sessionIds) {
    MemorySessions sessions = new MemorySessions(tx);
    Map<UUID, Signs> signs = new HashMap<>();
    for (UUID id : sessionIds) {
      sessions.find(tenantId, id).ifPresent(session -> signs.put(id, signs(session)));
    }
    return signs;
  }

  /** What lies beside one session. */
  Signs signs(Session session) {
    UUID device = session.upload().owner().sourceDeviceId();
    Device found = device == null ? null : tx.of(MemoryDevices.DEVICES).get(device);
    List<Signs.Trace> traces =
        Signs.leavesTraces(session.status()) ? traces(session.upload().sessionId()) : List.of();
    return new Signs(found == null ? null : source(found), traces);
  }

  private static Signs.Source source(Device device) {
    Device.Presence presence = device.presence();
    return new Signs.Source(device.status(), presence.isPerhapsThere(), presence.lastSeenAt());
  }

  private List<Signs.Trace> traces(UUID sessionId) {
    Map<String, Signs.Trace> newest = new LinkedHashMap<>();
    tx.moves().stream()
        .filter(e -> e.sessionId().equals(sessionId))
        .sorted(Comparator.comparing(LifecycleEvent::eventId).reversed())
        .limit(Signs.TAIL)
        .forEach(e -> newest.putIfAbsent(e.type().code(), trace(e)));
    return List.copyOf(newest.values());
  }

  private static Signs.Trace trace(LifecycleEvent e) {
    return new Signs.Trace(e.type().code(), e.occurredAt(), e.actor(), e.validUntil(), e.details());
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
