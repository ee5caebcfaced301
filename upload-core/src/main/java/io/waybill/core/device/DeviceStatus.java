package io.waybill.core.device;

/** Only an ACTIVE device is let in. */
public enum DeviceStatus {
  /** Registered, and never seen: the first time that it shows its credential makes it ACTIVE. */
  PENDING,
  ACTIVE,
  DISABLED,
  REVOKED,
  DELETED
}
