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

  /**
   * What is known of its connections.
   *
   * @param connectionId of the last one that it told of; null of a device that never tells
   */
  public record Presence(
      boolean online,
      @Nullable String connectionId,
      @Nullable Instant lastSeenAt,
      @Nullable String lastIp,
      @Nullable String clientVersion) {
    public static final Presence UNKNOWN = new Presence(false, null, null, null, null);

    /**
     * Whether nobody can say that it is away: it is connected, or it was heard and never tells of
     * its connections.
     */
    public boolean isPerhapsThere() {
      return online || (connectionId == null && lastSeenAt != null);
    }

    /** It is connected, by this connection. */
    public Presence born(PresenceStore.Birth birth) {
      String version = birth.clientVersion() == null ? clientVersion : birth.clientVersion();
      return new Presence(true, birth.connectionId(), later(birth.at()), lastIp, version);
    }

    /** Its connection has ended. */
    public Presence gone(Instant at) {
      return new Presence(false, connectionId, later(at), lastIp, clientVersion);
    }

    /** It was heard. */
    public Presence seen(Instant at) {
      return new Presence(online, connectionId, later(at), lastIp, clientVersion);
    }

    private Instant later(Instant at) {
      return lastSeenAt == null || lastSeenAt.isBefore(at) ? at : lastSeenAt;
    }
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
