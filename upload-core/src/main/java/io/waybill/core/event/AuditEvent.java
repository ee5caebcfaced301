package io.waybill.core.event;

import io.waybill.core.access.Client;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Who did what to which resource, for people who must answer for it.
 *
 * @param result {@code ok} or an error code
 * @param client where the request came from
 * @param details {@code before} and {@code after} where something has changed, and whatever else
 *     there is to say; never a secret
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
    Client client,
    Instant occurredAt,
    Map<String, Object> details) {

  public AuditEvent {
    details = Map.copyOf(details);
  }
}
