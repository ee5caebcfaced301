package io.waybill.core.quota;

import io.waybill.core.event.EventType;

/** What can happen to a quota. */
public enum QuotaEvent implements EventType {
  WARNING("quota.warning"),
  BOUNDED("quota.bounded");

  private final String code;

  QuotaEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
