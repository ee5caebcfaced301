package io.waybill.core.storage;

import java.time.Instant;
import java.util.Set;

/** What a store was found to do for one bucket, by trying it. */
public record StorageCapabilities(
    String endpointRef, String bucket, Set<Capability> found, Instant probedAt) {

  public StorageCapabilities {
    found = Set.copyOf(found);
  }

  public boolean has(Capability capability) {
    return found.contains(capability);
  }
}
