package io.waybill.core.device;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Devices. Every query is a tenant's; a DELETED device is never shown. */
public interface DeviceStore {

  /**
   * Adds one. False when the tenant has another one of its code, or no such project; then nothing
   * is written.
   */
  boolean insert(Device device);

  Optional<Device> find(UUID tenantId, UUID deviceId);

  /**
   * The device as it is now. Nobody else changes it or its credentials, or gives another one of the
   * tenant a code, until the transaction ends.
   */
  Optional<Device> lock(UUID tenantId, UUID deviceId);

  /**
   * Writes a locked one as it shall be, but its presence. False when another one of the tenant has
   * its code; then nothing is written. The code of a DELETED one is free.
   */
  boolean update(Device device);

  /**
   * Newest first. Ids are UUIDv7: their order is the order of creation.
   *
   * @param before the last id of the page before; null for the first page
   * @param except never these
   */
  record Query(UUID tenantId, UUID projectId, @Nullable UUID before, Set<UUID> except, int limit) {
    public Query {
      except = Set.copyOf(except);
    }
  }

  List<Device> list(Query query);

  /** What is known of their connections. */
  PresenceStore presence();

  /** What brokers have to know of them that keep names themselves. */
  BrokerAccountStore brokerAccounts();
}
