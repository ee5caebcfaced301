package io.waybill.core.storage;

import java.util.Set;

/** Tries what a store does. */
public interface StorageProbe {

  /**
   * What the store is found to do for this bucket, by uploads that are thrown away again. What it
   * does not clearly do, it does not do.
   *
   * @throws io.waybill.core.Outage.Storage when it cannot be tried at all
   */
  Set<Capability> probe(String endpointRef, String bucket);
}
