package io.waybill.core.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it is answered.
 *
 * @param webhookEndpointId which endpoint is told; null where the sink has none
 * @param sequence the version of what the event is about
 * @param nextAttemptAt when it is tried again, at the earliest; null when it is not
 */
public record DeliveryAnswer(
    UUID deliveryId,
    String sink,
    @Nullable UUID webhookEndpointId,
    UUID eventId,
    String eventType,
    String resourceType,
    UUID resourceId,
    long sequence,
    DeliveryStatus status,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant deliveredAt,
    @Nullable String lastError,
    Instant occurredAt) {

  public static DeliveryAnswer of(Delivery one) {
    return new DeliveryAnswer(
        one.deliveryId(),
        one.sink(),
        one.endpoint().isEmpty() ? null : UUID.fromString(one.endpoint()),
        one.event().eventId(),
        one.event().type(),
        one.event().aggregateType(),
        one.event().aggregateId(),
        one.event().sequence(),
        one.status(),
        one.attempts(),
        one.status() == DeliveryStatus.PENDING ? one.nextAttemptAt() : null,
        one.deliveredAt(),
        one.lastError(),
        one.event().occurredAt());
  }
}
