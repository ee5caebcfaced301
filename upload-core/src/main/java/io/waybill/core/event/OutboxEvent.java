package io.waybill.core.event;

import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of the world will be told; delivered later, at least once.
 *
 * @param projectId null of what happens to the tenant, and of what was written before V54
 * @param sequence the aggregate's version: consumers see gaps and order by it
 * @param payload CloudEvents {@code data}; never a secret
 */
public record OutboxEvent(
    UUID eventId,
    UUID tenantId,
    @Nullable UUID projectId,
    String aggregateType,
    UUID aggregateId,
    long sequence,
    String type,
    Instant occurredAt,
    Map<String, Object> payload) {

  /** What the payload calls the device that something comes from. */
  public static final String SOURCE_DEVICE = "source_device_id";

  public OutboxEvent {
    payload = Map.copyOf(payload);
  }

  /** The device that it concerns: the source of an upload or of a dataset, or what it is about. */
  public Optional<UUID> deviceId() {
    return payload.get(SOURCE_DEVICE) instanceof String source
        ? Optional.of(UUID.fromString(source))
        : aggregateType.equals(ResourceKind.DEVICE.code())
            ? Optional.of(aggregateId)
            : Optional.empty();
  }
}
