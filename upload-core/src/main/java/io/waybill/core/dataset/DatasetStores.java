package io.waybill.core.dataset;

import io.waybill.core.event.EventStores;
import io.waybill.core.project.ProjectStores;

/** The stores that datasets touch: their own, and those of what lies below them. */
public interface DatasetStores extends ProjectStores, EventStores {

  DatasetStore datasets();

  DatasetChanges datasetChanges();

  DatasetPurges datasetPurges();

  ValidationQueue validationQueue();

  VerifiedChecksums verifiedChecksums();
}
