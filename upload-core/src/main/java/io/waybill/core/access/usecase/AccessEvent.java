package io.waybill.core.access.usecase;

import io.waybill.core.event.EventType;

/** What can happen to who may do what. */
public enum AccessEvent implements EventType {
  API_KEY_CREATED("api_key.created"),
  API_KEY_REVOKED("api_key.revoked");

  private final String code;

  AccessEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
