package io.waybill.core.memory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.FleetCount;
import io.waybill.core.device.PresenceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  @Override
  public FleetCount count(Instant now) {
    List<Device.Presence> fleet =
        tx.of(MemoryDevices.DEVICES).values().stream()
            .filter(device -> device.status() != DeviceStatus.DELETED)
            .map(Device::presence)
            .toList();
    Map<Integer, List<Duration>> groups =
        fleet.stream()
            .flatMap(presence -> Optional.ofNullable(presence.lastSeenAt()).stream())
            .map(seen -> Duration.between(seen, now))
            .collect(groupingBy(FleetCount::group, TreeMap::new, toList()));
    return new FleetCount(
        Math.toIntExact(fleet.stream().filter(Device.Presence::online).count()),
        groups.values().stream()
            .map(silences -> new FleetCount.Heard(silences.size(), Collections.max(silences)))
            .toList());
  }

  private Optional<Device> lock(UUID tenantId, UUID deviceId) {
    return tx.of(MemoryDevices.DEVICES).lock(deviceId).filter(MemoryDevices.isOf(tenantId));
  }

  private void put(Device device, Device.Presence presence) {
    tx.of(MemoryDevices.DEVICES).put(device.deviceId(), device.connected(presence));
  }
}
