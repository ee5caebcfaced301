package io.waybill.core.dataset;

/** What validators have said. */
public enum ValidationStatus {
  NOT_REQUIRED,
  PENDING,
  RUNNING,
  PASSED,
  FAILED,
  SKIPPED
}
