package io.waybill.core.dataset;

/** Whether object and metadata were found together after a restore from backup. */
public enum RecoveryStatus {
  NORMAL,
  RECOVERY_PENDING,
  RECOVERY_VERIFIED,
  RECOVERY_MISSING_OBJECT,
  RECOVERY_METADATA_ONLY,
  RECOVERY_OBJECT_ONLY
}
