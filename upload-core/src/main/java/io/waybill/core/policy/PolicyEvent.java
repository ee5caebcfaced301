package io.waybill.core.policy;

import io.waybill.core.event.EventType;

/** What can happen to a storage policy. */
public enum PolicyEvent implements EventType {
  CREATED("storage_policy.created"),
  UPDATED("storage_policy.updated");

  private final String code;

  PolicyEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
