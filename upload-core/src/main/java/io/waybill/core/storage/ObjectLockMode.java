package io.waybill.core.storage;

/** Who can delete an object before its time. */
public enum ObjectLockMode {
  /** Whoever may delete. */
  NONE,
  /** Whoever may bypass the lock. */
  GOVERNANCE,
  /** Nobody. */
  COMPLIANCE
}
