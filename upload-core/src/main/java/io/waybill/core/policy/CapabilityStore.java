package io.waybill.core.policy;

import io.waybill.core.storage.StorageCapabilities;
import java.util.Optional;

/** What stores were found to do. It belongs to the installation, not to a tenant. */
public interface CapabilityStore {

  /** Empty when the store has not been tried for this bucket yet. */
  Optional<StorageCapabilities> find(String endpointRef, String bucket);

  /** Writes down what was found last. */
  void save(StorageCapabilities capabilities);
}
