package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.access.IdentityStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

record MemoryIdentities(MemoryTransaction tx) implements IdentityStore {

  static final Table<String, Identity> API_KEYS = Table.of("api_keys");
  static final Table<String, Identity> DEVICE_CREDENTIALS = Table.of("device_credentials");
  static final Table<UUID, Identity> DEVICES = Table.of("devices");

  @Override
  public Optional<Identity> byApiKey(String sha256, Instant now) {
    return Optional.ofNullable(tx.of(API_KEYS).get(sha256))
        .map(identity -> MemoryApiKeys.asOf(tx, identity, now));
  }

  @Override
  public Optional<Identity> byDeviceCredential(String sha256, Instant now) {
    return Optional.ofNullable(tx.of(DEVICE_CREDENTIALS).get(sha256));
  }

  @Override
  public Optional<Identity> device(UUID tenantId, UUID deviceId) {
    return Optional.ofNullable(tx.of(DEVICES).get(deviceId))
        .filter(device -> device.tenantId().equals(tenantId));
  }
}
