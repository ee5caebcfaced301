package io.waybill.core.tag;

import io.waybill.core.event.EventType;

/** What can happen to tags and their categories. */
public enum TagEvent implements EventType {
  CATEGORY_CREATED("tag_category.created"),
  CATEGORY_UPDATED("tag_category.updated"),
  CATEGORY_DELETED("tag_category.deleted"),
  CREATED("tag.created"),
  UPDATED("tag.updated"),
  DELETED("tag.deleted");

  private final String code;

  TagEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
