package io.waybill.core.memory;

import io.waybill.core.device.Device;
import io.waybill.core.device.PresenceStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

record MemoryPresence(MemoryTransaction tx) implements PresenceStore {

  @Override
  public boolean born(Birth birth) {
    Optional<Device> device = lock(birth.tenantId(), birth.deviceId());
    device.ifPresent(found -> put(found, found.presence().born(birth)));
    return device.filter(before -> !before.presence().online()).isPresent();
  }

  @Override
  public boolean gone(UUID tenantId, UUID deviceId, String connectionId, Instant at) {
    Optional<Device> device =
        lock(tenantId, deviceId)
            .filter(found -> found.presence().online())
            .filter(found -> connectionId.equals(found.presence().connectionId()));
    device.ifPresent(found -> put(found, found.presence().gone(at)));
    return device.isPresent();
  }

  @Override
  public void seen(UUID tenantId, UUID deviceId, Instant at) {
    lock(tenantId, deviceId).ifPresent(found -> put(found, found.presence().seen(at)));
  }

  private Optional<Device> lock(UUID tenantId, UUID deviceId) {
    return tx.of(MemoryDevices.DEVICES).lock(deviceId).filter(MemoryDevices.isOf(tenantId));
  }

  private void put(Device device, Device.Presence presence) {
    tx.of(MemoryDevices.DEVICES).put(device.deviceId(), device.connected(presence));
  }
}
