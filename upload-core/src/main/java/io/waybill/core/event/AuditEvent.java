package io.waybill.core.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Who did what to which resource, for people who must answer for it.
 *
 * @param result {@code ok} or an error code
 * @param details before and after without secrets
 */
public record AuditEvent(
    UUID eventId,
    UUID tenantId,
    String actor,
    String action,
    String resourceType,
    UUID resourceId,
    String result,
    String requestId,
    String transport,
    Instant occurredAt,
    Map<String, Object> details) {

  public AuditEvent {
    details = Map.copyOf(details);
  }
}
