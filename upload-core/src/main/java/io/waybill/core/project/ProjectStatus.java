package io.waybill.core.project;

/** Only an ACTIVE project takes uploads. */
public enum ProjectStatus {
  ACTIVE,
  ARCHIVED,
  DELETED
}
