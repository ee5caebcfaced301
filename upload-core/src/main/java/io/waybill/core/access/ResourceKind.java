package io.waybill.core.access;

/** What a grant can be given on. */
public enum ResourceKind {
  TENANT,
  PROJECT,
  DATASET,
  UPLOAD_TASK,
  UPLOAD_SESSION,
  DEVICE,
  TAG_CATEGORY,
  TAG,
  STORAGE_POLICY
}
