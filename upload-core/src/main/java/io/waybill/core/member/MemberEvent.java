package io.waybill.core.member;

import io.waybill.core.event.EventType;

/** What can happen to who works in a project. */
public enum MemberEvent implements EventType {
  INVITED("project_member.invited"),
  CHANGED("project_member.changed"),
  DISABLED("project_member.disabled"),
  ENABLED("project_member.enabled"),
  REMOVED("project_member.removed"),
  DEVICE_LET_IN("device.project_granted"),
  DEVICE_SHUT_OUT("device.project_revoked");

  private final String code;

  MemberEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
