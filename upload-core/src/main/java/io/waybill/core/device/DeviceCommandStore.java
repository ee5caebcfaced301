package io.waybill.core.device;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What devices are asked to do. Every query is a tenant's. */
public interface DeviceCommandStore {
  void insert(DeviceCommand command);

  Optional<DeviceCommand> find(UUID tenantId, UUID deviceId, UUID commandId);

  /** The same as it is now; nobody else changes it until the transaction ends. */
  Optional<DeviceCommand> lock(UUID tenantId, UUID deviceId, UUID commandId);

  /** Writes a locked one as it shall be: its status, what its device has said, its times. */
  void update(DeviceCommand command);

  /**
   * A device's, newest first. Ids are UUIDv7: their order is the order of creation.
   *
   * @param before the last id of the page before; null for the first page
   */
  List<DeviceCommand> list(UUID tenantId, UUID deviceId, @Nullable UUID before, int limit);
}
