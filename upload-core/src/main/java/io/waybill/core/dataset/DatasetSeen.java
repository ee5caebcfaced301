package io.waybill.core.dataset;

import io.waybill.core.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/** What is known of a dataset without that anybody has changed it: its version stays. */
public final class DatasetSeen {

  private DatasetSeen() {}

  /** The same dataset, standing there, with that object. */
  public static Dataset as(
      Dataset dataset, DatasetStanding standing, @Nullable StoredObject object) {
    return new Dataset(
        dataset.datasetId(),
        dataset.tenantId(),
        dataset.projectId(),
        dataset.profile(),
        standing,
        dataset.file(),
        dataset.location(),
        object,
        dataset.sourceDeviceId(),
        dataset.sourceDeviceCode(),
        dataset.legalHold(),
        dataset.preview(),
        dataset.version(),
        dataset.createdAt(),
        dataset.updatedAt());
  }
}
