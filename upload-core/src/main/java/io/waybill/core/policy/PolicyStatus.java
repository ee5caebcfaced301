package io.waybill.core.policy;

/** Whether new uploads can be made under a policy. */
public enum PolicyStatus {
  ACTIVE,
  DISABLED
}
