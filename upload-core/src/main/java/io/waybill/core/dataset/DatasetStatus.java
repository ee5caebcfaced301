package io.waybill.core.dataset;

/** The product lifecycle of a dataset; not the same thing as its upload. */
public enum DatasetStatus {
  CREATED,
  UPLOAD_PENDING,
  UPLOADING,
  PAUSED,
  PROCESSING,
  READY,
  QUARANTINED,
  REJECTED,
  ARCHIVED,
  DELETED,
  PURGED
}
