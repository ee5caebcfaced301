package io.waybill.core.event;

import io.waybill.core.upload.LifecycleEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened. Rows are only ever added. */
public interface EventStore {

  /** Writes all facts in one statement. */
  void append(Facts facts);

  /** A session's timeline, oldest first, after an event id (null for the beginning). */
  List<LifecycleEvent> timeline(UUID tenantId, UUID sessionId, @Nullable UUID after, int limit);

  /** When the last URL issued for a session ends; empty when none was. */
  Optional<Instant> lastUrlEnd(UUID sessionId);
}
