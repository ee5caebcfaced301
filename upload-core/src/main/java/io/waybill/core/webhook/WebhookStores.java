package io.waybill.core.webhook;

import io.waybill.core.event.EventStores;
import io.waybill.core.idempotency.IdempotencyStores;

/** The stores that webhook endpoints touch. */
public interface WebhookStores extends EventStores, IdempotencyStores {

  WebhookEndpointStore webhookEndpoints();
}
