package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.access.IdentityStore;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.UserTokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

record MemoryIdentities(MemoryTransaction tx) implements IdentityStore {

  static final Table<String, Identity> API_KEYS = Table.of("api_keys");
  static final Table<String, Identity> DEVICE_CREDENTIALS = Table.of("device_credentials");
  static final Table<UUID, Identity> DEVICES = Table.of("devices");

  @Override
  public Optional<Identity> byApiKey(String sha256, Instant now) {
    return Optional.ofNullable(tx.of(API_KEYS).get(sha256))
        .map(identity -> MemoryApiKeys.asOf(tx, identity, now))
        .map(identity -> MemoryGrants.granted(tx, identity));
  }

  @Override
  public Optional<Identity> byDeviceCredential(String sha256, Instant now) {
    return Optional.ofNullable(tx.of(DEVICE_CREDENTIALS).get(sha256))
        .or(() -> MemoryCredentials.owner(tx, sha256, now))
        .map(identity -> MemoryGrants.granted(tx, identity));
  }

  @Override
  public Optional<Identity> device(UUID tenantId, UUID deviceId) {
    return Optional.ofNullable(tx.of(DEVICES).get(deviceId))
        .filter(device -> device.tenantId().equals(tenantId))
        .map(this::withSomethingToShow)
        .map(identity -> MemoryGrants.granted(tx, identity));
  }

  /** A tenant is here who has a place for its files. */
  @Override
  public Optional<Identity> user(UserTokens.User user) {
    Identity person =
        new Identity(
            user.tenantId(),
            SubjectKind.USER,
            user.userId(),
            "user",
            Identity.Standing.ACTIVE,
            List.of());
    return MemoryStoragePolicies.theDefault(tx, user.tenantId()).isPresent()
        ? Optional.of(MemoryGrants.granted(tx, person, user.groupIds()))
        : Optional.empty();
  }

  /** A registered device without a credential is not let in. */
  private Identity withSomethingToShow(Identity device) {
    boolean isRegistered = tx.of(MemoryDevices.DEVICES).get(device.id()) != null;
    return isRegistered && !MemoryCredentials.has(tx, device.tenantId(), device.id())
        ? device.standing(Identity.Standing.INACTIVE)
        : device;
  }
}
