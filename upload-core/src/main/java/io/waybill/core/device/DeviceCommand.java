package io.waybill.core.device;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Something that a device is asked to do. It is told over MQTT, at least once.
 *
 * @param payload as the device is told
 * @param result what the device has said of it; empty until then
 * @param expiresAt when it is not worth telling any more
 */
public record DeviceCommand(
    UUID commandId,
    UUID tenantId,
    UUID deviceId,
    Kind command,
    Map<String, Object> payload,
    Status status,
    String requestedBy,
    Map<String, Object> result,
    long version,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt) {
  public DeviceCommand {
    payload = Map.copyOf(payload);
    result = Map.copyOf(result);
  }

  /** What a device can be asked. */
  public enum Kind {
    PAUSE,
    RESUME,
    ABORT,
    UPLOAD,
    LIST_FILES
  }

  /** How far it is. */
  public enum Status {
    PENDING,
    SENT,
    ACCEPTED,
    DONE,
    FAILED,
    REJECTED,
    EXPIRED
  }

  /** What it is, under its device. */
  public Resource resource(UUID projectId) {
    return Resource.project(tenantId, projectId)
        .under(ResourceKind.DEVICE, deviceId)
        .under(ResourceKind.DEVICE_COMMAND, commandId);
  }

  /** As it must be shown: expired once nobody will tell it any more. */
  public Status statusAt(Instant now) {
    boolean isWaiting = status == Status.PENDING || status == Status.SENT;
    return isWaiting && !now.isBefore(expiresAt) ? Status.EXPIRED : status;
  }

  /** As it is answered. */
  public Answer answer(Instant now) {
    return new Answer(
        commandId,
        deviceId,
        command.name().toLowerCase(Locale.ROOT),
        payload,
        statusAt(now),
        requestedBy,
        result,
        createdAt,
        updatedAt,
        expiresAt);
  }

  /** A command as it is answered, and remembered under an idempotency key. */
  public record Answer(
      UUID commandId,
      UUID deviceId,
      String command,
      Map<String, Object> payload,
      Status status,
      String requestedBy,
      Map<String, Object> result,
      Instant createdAt,
      Instant updatedAt,
      Instant expiresAt) {
    public Answer {
      payload = Map.copyOf(payload);
      result = Map.copyOf(result);
    }
  }
}
