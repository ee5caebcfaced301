package io.waybill.core.memory;

import io.waybill.core.policy.CapabilityStore;
import io.waybill.core.storage.StorageCapabilities;
import java.util.Optional;

record MemoryCapabilities(MemoryTransaction tx) implements CapabilityStore {

  private static final Table<String, StorageCapabilities> FOUND = Table.of("storage_capabilities");

  @Override
  public Optional<StorageCapabilities> find(String endpointRef, String bucket) {
    return Optional.ofNullable(tx.of(FOUND).get(endpointRef + "/" + bucket));
  }

  @Override
  public void save(StorageCapabilities capabilities) {
    tx.of(FOUND).put(capabilities.endpointRef() + "/" + capabilities.bucket(), capabilities);
  }
}
