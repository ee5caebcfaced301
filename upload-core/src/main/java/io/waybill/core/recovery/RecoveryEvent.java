package io.waybill.core.recovery;

import io.waybill.core.event.EventType;

/** What can happen to a recovery that somebody must answer for: audit trail only. */
public enum RecoveryEvent implements EventType {
  STARTED("recovery.started"),
  COMPLETED("recovery.completed");

  private final String code;

  RecoveryEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
