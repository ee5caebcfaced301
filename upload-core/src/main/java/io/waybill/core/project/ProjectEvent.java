package io.waybill.core.project;

import io.waybill.core.event.EventType;

/** What can happen to a project. */
public enum ProjectEvent implements EventType {
  CREATED("project.created"),
  UPDATED("project.updated"),
  STORAGE_POLICY_CHANGED("project.storage_policy_changed"),
  ARCHIVED("project.archived"),
  RESTORED("project.restored"),
  DELETED("project.deleted");

  private final String code;

  ProjectEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
