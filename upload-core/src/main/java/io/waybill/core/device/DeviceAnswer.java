package io.waybill.core.device;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device as it is answered, and remembered under an idempotency key.
 *
 * @param connectionId null of a device that never tells of its connections: it is not offline
 */
public record DeviceAnswer(
    UUID deviceId,
    UUID projectId,
    UUID tenantId,
    String name,
    String deviceCode,
    @Nullable String deviceType,
    DeviceStatus status,
    int credentialVersion,
    boolean online,
    @Nullable String connectionId,
    @Nullable Instant lastSeenAt,
    @Nullable String lastIp,
    @Nullable String clientVersion,
    Map<String, Object> metadata,
    long version,
    Instant createdAt,
    Instant updatedAt) {
  public DeviceAnswer {
    metadata = Map.copyOf(metadata);
  }

  public static DeviceAnswer of(Device device) {
    Device.Profile profile = device.profile();
    Device.Presence presence = device.presence();
    return new DeviceAnswer(
        device.deviceId(),
        device.projectId(),
        device.tenantId(),
        profile.name(),
        profile.deviceCode(),
        profile.deviceType(),
        device.status(),
        device.credentialVersion(),
        presence.online(),
        presence.connectionId(),
        presence.lastSeenAt(),
        presence.lastIp(),
        presence.clientVersion(),
        profile.metadata(),
        device.version(),
        device.createdAt(),
        device.updatedAt());
  }

  /**
   * A device with a new credential.
   *
   * @param credential with the secret, told this once
   */
  public record WithCredential(DeviceAnswer device, Issued credential) {
    public WithCredential withoutMaterial() {
      return new WithCredential(device, credential.withoutMaterial());
    }
  }

  /**
   * A credential when it is made.
   *
   * @param credentialMaterial null when the call is a repeated one
   */
  public record Issued(
      UUID credentialId,
      int credentialVersion,
      @Nullable String credentialMaterial,
      Instant issuedAt,
      @Nullable Instant expiresAt) {
    public static Issued of(Credential credential, String material) {
      return new Issued(
          credential.credentialId(),
          credential.credentialVersion(),
          material,
          credential.issuedAt(),
          credential.expiresAt());
    }

    public Issued withoutMaterial() {
      return new Issued(credentialId, credentialVersion, null, issuedAt, expiresAt);
    }
  }
}
