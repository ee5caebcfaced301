package io.waybill.core.memory;

import io.waybill.core.device.Device;
import io.waybill.core.device.PresenceStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

record MemoryPresence(MemoryTransaction tx) implements PresenceStore {

  /** The last connection of each device that has ever told of one. */
  static final Table<UUID, String> CONNECTIONS = Table.of("device_connections");

  @Override
  public void born(Birth birth) {
    of(birth.tenantId(), birth.deviceId())
        .ifPresent(device -> {
          Device.Presence before = device.presence();
          String version =
              birth.clientVersion() == null ? before.clientVersion() : birth.clientVersion();
          tx.of(CONNECTIONS).put(device.deviceId(), birth.connectionId());
          put(
              device,
              new Device.Presence(true, later(before, birth.at()), before.lastIp(), version));
        });
  }

  @Override
  public void gone(UUID tenantId, UUID deviceId, String connectionId, Instant at) {
    of(tenantId, deviceId)
        .filter(device -> connectionId.equals(tx.of(CONNECTIONS).get(deviceId)))
        .ifPresent(device -> {
          Device.Presence before = device.presence();
          put(
              device,
              new Device.Presence(
                  false, later(before, at), before.lastIp(), before.clientVersion()));
        });
  }

  @Override
  public void seen(UUID tenantId, UUID deviceId, Instant at) {
    of(tenantId, deviceId)
        .ifPresent(device -> {
          Device.Presence before = device.presence();
          put(
              device,
              new Device.Presence(
                  before.online(), later(before, at), before.lastIp(), before.clientVersion()));
        });
  }

  private static Instant later(Device.Presence before, Instant at) {
    Instant last = before.lastSeenAt();
    return last == null || last.isBefore(at) ? at : last;
  }

  private Optional<Device> of(UUID tenantId, UUID deviceId) {
    return tx.of(MemoryDevices.DEVICES)
        .lock(deviceId)
        .filter(device -> device.tenantId().equals(tenantId));
  }

  private void put(Device device, Device.Presence presence) {
    tx.of(MemoryDevices.DEVICES).put(device.deviceId(), device.connected(presence));
  }
}
