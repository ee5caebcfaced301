package io.waybill.core.dataset;

/** What validators have said. */
public enum ValidationStatus {
  NOT_REQUIRED,
  PENDING,
  RUNNING,
  PASSED,
  FAILED,
  SKIPPED;

  /** Whether a dataset of which this was said may be used. */
  public boolean allowsUse() {
    return switch (this) {
      case NOT_REQUIRED, PASSED, SKIPPED -> true;
      case PENDING, RUNNING, FAILED -> false;
    };
  }
}
