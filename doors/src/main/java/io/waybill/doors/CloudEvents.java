package io.waybill.doors;

import io.waybill.core.event.OutboxEvent;
import io.waybill.wire.CloudEvent;

/** Events as every sink tells them. */
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
