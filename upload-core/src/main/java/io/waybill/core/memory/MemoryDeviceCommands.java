package io.waybill.core.memory;

import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceCommandStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryDeviceCommands(MemoryTransaction tx) implements DeviceCommandStore {

  static final Table<UUID, DeviceCommand> COMMANDS = Table.of("device_commands");

  @Override
  public void insert(DeviceCommand command) {
    tx.of(COMMANDS).put(command.commandId(), command);
  }

  @Override
  public Optional<DeviceCommand> find(UUID tenantId, UUID deviceId, UUID commandId) {
    return Optional.ofNullable(tx.of(COMMANDS).get(commandId))
        .filter(one -> one.tenantId().equals(tenantId) && one.deviceId().equals(deviceId));
  }

  @Override
  public Optional<DeviceCommand> lock(UUID tenantId, UUID deviceId, UUID commandId) {
    return find(tenantId, deviceId, commandId).flatMap(one -> tx.of(COMMANDS).lock(commandId));
  }

  @Override
  public void update(DeviceCommand command) {
    insert(command);
  }

  @Override
  public List<DeviceCommand> list(UUID tenantId, UUID deviceId, @Nullable UUID before, int limit) {
    return tx.of(COMMANDS).values().stream()
        .filter(one -> one.tenantId().equals(tenantId) && one.deviceId().equals(deviceId))
        .filter(one -> before == null || one.commandId().compareTo(before) < 0)
        .sorted(Comparator.comparing(DeviceCommand::commandId).reversed())
        .limit(limit)
        .toList();
  }
}
