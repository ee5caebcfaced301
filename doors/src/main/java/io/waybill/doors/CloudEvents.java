package io.waybill.doors;

import io.waybill.core.event.OutboxEvent;
import io.waybill.wire.CloudEvent;

/** What the outbox has, as the rest of the world is told of it, whoever tells. */
public final class CloudEvents {

  private CloudEvents() {}

  public static CloudEvent of(OutboxEvent event) {
    return new CloudEvent(
        event.eventId(),
        event.tenantId(),
        event.type(),
        event.aggregateType() + "/" + event.aggregateId(),
        event.sequence(),
        event.occurredAt(),
        event.payload());
  }
}
