package io.waybill.core.dataset;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Datasets, as people change them. What moves with an upload is written by the uploads' stores. */
public interface DatasetChanges {

  /**
   * Adds one that no upload fills yet, with its tags. False when the tenant has no such ACTIVE
   * project; then nothing is written.
   */
  boolean insert(Dataset dataset);

  /**
   * These datasets as they are now, in the recycle bin or not; PURGED ones and those of other
   * projects are left out. They are locked in the order of their ids: nobody else changes them, and
   * no upload begins to fill them, until the transaction ends.
   */
  Map<UUID, Dataset> lock(UUID tenantId, UUID projectId, Set<UUID> datasetIds);

  /** Writes a locked one as it shall be: what people say of it, where it stands, its version. */
  void update(Dataset dataset);

  /** Those of the tags that the project has; they stay until the transaction ends. */
  Set<UUID> tags(UUID tenantId, UUID projectId, Set<UUID> tagIds);

  /** Of whose holds stores are to be told. */
  DatasetHolds holds();
}
