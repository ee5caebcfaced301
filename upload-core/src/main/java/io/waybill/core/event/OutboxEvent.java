package io.waybill.core.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What the rest of the world will be told; delivered later, at least once.
 *
 * @param sequence the aggregate's version: consumers see gaps and order by it
 * @param payload CloudEvents {@code data}; never a secret
 */
public record OutboxEvent(
    UUID eventId,
    UUID tenantId,
    String aggregateType,
    UUID aggregateId,
    long sequence,
    String type,
    Instant occurredAt,
    Map<String, Object> payload) {

  public OutboxEvent {
    payload = Map.copyOf(payload);
  }
}
