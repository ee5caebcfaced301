package io.waybill.core.access;

import java.util.List;
import java.util.UUID;

/**
 * An authenticated subject with everything that decides what it may do.
 *
 * @param label for people: the key's prefix, the device's code; never the secret
 * @param grants its own grants, expired ones included
 * @param deviceProjects projects whose uploads this device may make; empty unless a device
 */
public record Identity(
    UUID tenantId,
    SubjectKind kind,
    UUID id,
    String label,
    Standing standing,
    List<Grant> grants,
    List<UUID> deviceProjects) {

  /** Whether the registry lets it act at all. */
  public enum Standing {
    ACTIVE,
    EXPIRED,
    INACTIVE,
    TENANT_INACTIVE
  }

  public Identity {
    grants = List.copyOf(grants);
    deviceProjects = List.copyOf(deviceProjects);
  }

  public boolean isDevice() {
    return kind == SubjectKind.DEVICE;
  }

  /** {@code device:0190a…}: the actor's name in events, audit rows and idempotency scopes. */
  public String actor() {
    return kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + id;
  }
}
