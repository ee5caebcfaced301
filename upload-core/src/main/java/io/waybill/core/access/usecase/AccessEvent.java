package io.waybill.core.access.usecase;

import io.waybill.core.event.EventType;

/** What can happen to who may do what. */
public enum AccessEvent implements EventType {
  API_KEY_CREATED("api_key.created"),
  API_KEY_REVOKED("api_key.revoked"),
  PERMISSION_GRANT_CREATED("permission_grant.created"),
  PERMISSION_GRANT_CHANGED("permission_grant.changed"),
  PERMISSION_GRANT_DELETED("permission_grant.deleted");

  private final String code;

  AccessEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
