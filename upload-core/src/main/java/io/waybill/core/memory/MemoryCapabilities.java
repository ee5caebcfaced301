package io.waybill.core.memory;

import io.waybill.core.policy.CapabilityStore;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StorageCapabilities;
import java.util.Optional;

record MemoryCapabilities(MemoryTransaction tx) implements CapabilityStore {

  static final Table<String, StorageCapabilities> FOUND = Table.of("storage_capabilities");

  @Override
  public Optional<StorageCapabilities> find(String endpointRef, String bucket) {
    return Optional.ofNullable(tx.of(FOUND).get(endpointRef + "/" + bucket));
  }

  /** Whether its bucket was found to lock objects; empty while nobody knows. */
  static Optional<Boolean> locks(MemoryTransaction tx, ObjectLocation location) {
    return new MemoryCapabilities(tx)
        .find(location.endpointRef(), location.bucket())
        .map(known -> known.found().contains(Capability.OBJECT_LOCK));
  }

  @Override
  public void save(StorageCapabilities capabilities) {
    tx.of(FOUND).put(capabilities.endpointRef() + "/" + capabilities.bucket(), capabilities);
  }
}
