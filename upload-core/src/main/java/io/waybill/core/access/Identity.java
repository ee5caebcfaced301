package io.waybill.core.access;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated subject with everything that decides what it may do.
 *
 * @param label for people: the key's prefix, the device's code; never the secret
 * @param grants its own grants, expired ones included
 * @param onlyDevices an API key that is made for certain devices meets only uploads of these; empty
 *     for every other key, and for whoever is none
 */
public record Identity(
    UUID tenantId,
    SubjectKind kind,
    UUID id,
    String label,
    Standing standing,
    List<Grant> grants,
    Set<UUID> onlyDevices) {

  /** Whether the registry lets it act at all. */
  public enum Standing {
    ACTIVE,
    /** Is let in, and has never been before, or never by this credential. */
    PENDING,
    EXPIRED,
    INACTIVE,
    TENANT_INACTIVE
  }

  public Identity {
    grants = List.copyOf(grants);
    onlyDevices = Set.copyOf(onlyDevices);
  }

  /** One that is not made for certain devices. */
  public Identity(
      UUID tenantId,
      SubjectKind kind,
      UUID id,
      String label,
      Standing standing,
      List<Grant> grants) {
    this(tenantId, kind, id, label, standing, grants, Set.of());
  }

  /** The same with another standing. */
  public Identity standing(Standing other) {
    return new Identity(tenantId, kind, id, label, other, grants, onlyDevices);
  }

  /** The same with these grants and no others. */
  public Identity grantedOnly(List<Grant> others) {
    return new Identity(tenantId, kind, id, label, standing, others, onlyDevices);
  }

  /** The same with these grants, too. */
  public Identity granted(List<Grant> more) {
    List<Grant> all = Stream.concat(grants.stream(), more.stream()).toList();
    return grantedOnly(all);
  }

  public Subject subject() {
    return new Subject(kind, id);
  }

  /**
   * Whether an upload of this device, or of none, is one that it can meet at all: a device meets
   * its own, a key that is made for certain devices theirs, everybody else all.
   */
  public boolean meets(@Nullable UUID sourceDeviceId) {
    Set<UUID> devices = sourceDevices();
    return devices.isEmpty() || (sourceDeviceId != null && devices.contains(sourceDeviceId));
  }

  /** The devices whose uploads alone it meets; empty when it meets all. */
  public Set<UUID> sourceDevices() {
    return isDevice() ? Set.of(id) : onlyDevices;
  }

  public boolean isDevice() {
    return kind == SubjectKind.DEVICE;
  }

  /** {@code device:0190a…}: the actor's name in events, audit rows and idempotency scopes. */
  public String actor() {
    return kind.code() + ":" + id;
  }
}
