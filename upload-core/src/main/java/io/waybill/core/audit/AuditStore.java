package io.waybill.core.audit;

import io.waybill.core.access.Resource;
import io.waybill.core.event.AuditEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The audit trail, as people read it. It is written with what it tells of, as every event. */
public interface AuditStore {

  /**
   * What is looked for; null means that it may be anything.
   *
   * @param on this very resource, and nothing under it
   * @param occurredAfter this time included
   * @param occurredBefore this time excluded
   * @param before the last id of the page before; null for the first page
   */
  record Query(
      UUID tenantId,
      @Nullable String actor,
      @Nullable String action,
      Resource.@Nullable Node on,
      @Nullable Instant occurredAfter,
      @Nullable Instant occurredBefore,
      @Nullable UUID before,
      int limit) {}

  /** A tenant's rows, newest first, by an index whatever is looked for. */
  List<AuditEvent> list(Query query);
}
