package io.waybill.core.webhook;

/** Whether an endpoint is told anything. */
public enum WebhookStatus {
  ENABLED,
  /** By somebody, or by itself: it has answered 410. Nothing that happens meanwhile comes later. */
  DISABLED
}
