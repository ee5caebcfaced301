package io.waybill.core.device;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine that sends files.
 *
 * @param projectId that it is registered in
 * @param activatedAt when it first showed a credential; null until then
 * @param credentialVersion of its newest credential
 */
public record Device(
    UUID deviceId,
    UUID tenantId,
    UUID projectId,
    Profile profile,
    DeviceStatus status,
    int credentialVersion,
    @Nullable Instant activatedAt,
    Presence presence,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * What people write about it.
   *
   * @param deviceCode no other device of the tenant has it
   */
  public record Profile(
      String name, String deviceCode, @Nullable String deviceType, Map<String, Object> metadata) {
    public Profile {
      metadata = Map.copyOf(metadata);
    }
  }

  /** What is known of its connections. */
  public record Presence(
      boolean online,
      @Nullable Instant lastSeenAt,
      @Nullable String lastIp,
      @Nullable String clientVersion) {
    public static final Presence UNKNOWN = new Presence(false, null, null, null);
  }

  /** The same, as is known of its connections now. */
  public Device connected(Presence now) {
    return new Device(
        deviceId,
        tenantId,
        projectId,
        profile,
        status,
        credentialVersion,
        activatedAt,
        now,
        version,
        createdAt,
        updatedAt);
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.project(tenantId, projectId).under(ResourceKind.DEVICE, deviceId);
  }

  /** The same with what people have written since. */
  public Device with(Profile newProfile, Instant at) {
    return next(newProfile, status, credentialVersion, activatedAt, at);
  }

  /** The same in another state. */
  public Device become(DeviceStatus newStatus, Instant at) {
    return next(profile, newStatus, credentialVersion, activatedAt, at);
  }

  /** It has shown a credential for the first time. */
  public Device activated(Instant at) {
    return next(profile, DeviceStatus.ACTIVE, credentialVersion, at, at);
  }

  /** As it was before it was disabled. */
  public Device enabled(Instant at) {
    return become(activatedAt == null ? DeviceStatus.PENDING : DeviceStatus.ACTIVE, at);
  }

  /** It has one credential more. */
  public Device rotated(Instant at) {
    return next(profile, status, credentialVersion + 1, activatedAt, at);
  }

  private Device next(
      Profile newProfile,
      DeviceStatus newStatus,
      int newCredentialVersion,
      @Nullable Instant newActivatedAt,
      Instant at) {
    return new Device(
        deviceId,
        tenantId,
        projectId,
        newProfile,
        newStatus,
        newCredentialVersion,
        newActivatedAt,
        presence,
        version + 1,
        createdAt,
        at);
  }
}
