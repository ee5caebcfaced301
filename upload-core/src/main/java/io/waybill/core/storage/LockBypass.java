package io.waybill.core.storage;

/** Which locks of the store a deletion goes past; what a COMPLIANCE lock keeps nobody deletes. */
public enum LockBypass {
  /** None: what is locked stays. */
  NONE,
  /** BypassGovernanceRetention: those in GOVERNANCE mode, whose date has not come. */
  GOVERNANCE
}
