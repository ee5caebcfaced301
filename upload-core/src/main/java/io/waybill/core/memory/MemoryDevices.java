package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.device.BrokerAccountStore;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStore;
import io.waybill.core.device.PresenceStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

record MemoryDevices(MemoryTransaction tx) implements DeviceStore {

  static final Table<UUID, Device> DEVICES = Table.of("registered_devices");

  /** Whoever gives a code holds this, so that two who choose the same one wait for each other. */
  private static final Table<UUID, Boolean> CODES = Table.of("device_codes");

  @Override
  public boolean insert(Device device) {
    tx.lock(CODES, device.tenantId());
    boolean hasHome =
        new MemoryProjects(tx).find(device.tenantId(), device.projectId()).isPresent();
    return hasHome && update(device);
  }

  @Override
  public Optional<Device> find(UUID tenantId, UUID deviceId) {
    return Optional.ofNullable(tx.of(DEVICES).get(deviceId)).filter(isOf(tenantId));
  }

  @Override
  public Optional<Device> lock(UUID tenantId, UUID deviceId) {
    tx.lock(CODES, tenantId);
    return tx.of(DEVICES).lock(deviceId).filter(isOf(tenantId));
  }

  @Override
  public boolean update(Device device) {
    String code = device.profile().deviceCode();
    boolean isTaken =
        tx.of(DEVICES).values().stream()
            .filter(isOf(device.tenantId()))
            .anyMatch(other ->
                other.profile().deviceCode().equals(code)
                    && !other.deviceId().equals(device.deviceId()));
    if (!isTaken) {
      tx.of(DEVICES).put(device.deviceId(), device);
      show(device);
    }
    return !isTaken;
  }

  /** What others know of it. */
  private void show(Device device) {
    if (device.status() == DeviceStatus.DELETED) {
      tx.of(MemoryIdentities.DEVICES).remove(device.deviceId());
    } else {
      tx.of(MemoryIdentities.DEVICES).put(device.deviceId(), identity(device));
    }
  }

  private static Identity identity(Device device) {
    return new Identity(
        device.tenantId(),
        SubjectKind.DEVICE,
        device.deviceId(),
        device.profile().deviceCode(),
        standing(device.status()),
        List.of());
  }

  private static Identity.Standing standing(DeviceStatus status) {
    return switch (status) {
      case PENDING -> Identity.Standing.PENDING;
      case ACTIVE -> Identity.Standing.ACTIVE;
      case DISABLED, REVOKED, DELETED -> Identity.Standing.INACTIVE;
    };
  }

  @Override
  public List<Device> list(Query query) {
    return tx.of(DEVICES).values().stream()
        .filter(isOf(query.tenantId()))
        .filter(device -> device.projectId().equals(query.projectId()))
        .filter(device -> query.before() == null || device.deviceId().compareTo(query.before()) < 0)
        .filter(device -> !query.except().contains(device.deviceId()))
        .sorted(Comparator.comparing(Device::deviceId).reversed())
        .limit(query.limit())
        .toList();
  }

  @Override
  public PresenceStore presence() {
    return new MemoryPresence(tx);
  }

  @Override
  public BrokerAccountStore brokerAccounts() {
    return new MemoryBrokerAccounts(tx);
  }

  static Predicate<Device> isOf(UUID tenantId) {
    return device -> device.tenantId().equals(tenantId) && device.status() != DeviceStatus.DELETED;
  }
}
