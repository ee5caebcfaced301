package io.waybill.wire;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * What a device is asked to do, as it is told on {@code upload/command}: at least once, so a device
 * ignores an id that it has seen.
 *
 * @param command {@code pause}, {@code resume}, {@code abort}, {@code upload}, {@code list_files}
 * @param expiresInSeconds the same as {@code expiresAt}, for a device whose clock may be wrong
 */
public record DeviceCommandMessage(
    UUID commandId,
    String command,
    Map<String, Object> payload,
    Instant createdAt,
    Instant expiresAt,
    long expiresInSeconds) {
  public DeviceCommandMessage {
    payload = Map.copyOf(payload);
  }

  /** Writes it. */
  public byte[] encode() {
    return Json.bytes(this);
  }
}
