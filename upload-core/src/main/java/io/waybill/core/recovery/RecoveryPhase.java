package io.waybill.core.recovery;

/** How far a recovery has come. */
public enum RecoveryPhase {
  /** Datasets are marked, a batch at a time: what is marked is not given out until it is seen. */
  MARKING,
  /** Each marked dataset is compared with its object. */
  DATASETS,
  /** Each object under the tenant's prefix is compared with the database. */
  OBJECTS,
  COMPLETED
}
