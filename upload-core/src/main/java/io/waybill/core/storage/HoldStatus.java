package io.waybill.core.storage;

/** Whether the store holds an object, as it spells it. */
public enum HoldStatus {
  ON,
  OFF
}
