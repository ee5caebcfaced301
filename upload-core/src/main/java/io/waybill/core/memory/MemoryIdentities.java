package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.access.IdentityStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

record MemoryIdentities(MemoryState state) implements IdentityStore {

  @Override
  public Optional<Identity> byApiKey(String sha256, Instant now) {
    return Optional.ofNullable(state.apiKeys.get(sha256));
  }

  @Override
  public Optional<Identity> byDeviceCredential(String sha256, Instant now) {
    return Optional.ofNullable(state.deviceCredentials.get(sha256));
  }

  @Override
  public Optional<Identity> device(UUID tenantId, UUID deviceId) {
    return Optional.ofNullable(state.devices.get(deviceId))
        .filter(device -> device.tenantId().equals(tenantId));
  }
}
