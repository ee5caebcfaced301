package io.waybill.core.upload;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The timelines of sessions, to be read; what is written there comes with {@code Facts}. */
public interface TimelineStore {

  /** A session's timeline, oldest first, after an event id (null for the beginning). */
  List<LifecycleEvent> page(UUID tenantId, UUID sessionId, @Nullable UUID after, int limit);

  /** What lies beside each of these sessions; one that is unknown is left out. */
  Map<UUID, Signs> signs(UUID tenantId, Collection<UUID> sessionIds);

  /** When the last URL issued for a session ends; empty when none was. */
  Optional<Instant> lastUrlEnd(UUID sessionId);
}
