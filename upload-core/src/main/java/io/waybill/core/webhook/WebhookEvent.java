package io.waybill.core.webhook;

import io.waybill.core.event.EventType;

/** What can happen to webhook endpoints; in the audit trail only. */
public enum WebhookEvent implements EventType {
  CREATED("webhook_endpoint.created"),
  UPDATED("webhook_endpoint.updated"),
  DELETED("webhook_endpoint.deleted"),
  DISABLED("webhook_endpoint.disabled"),
  TESTED("webhook_endpoint.tested");

  private final String code;

  WebhookEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
