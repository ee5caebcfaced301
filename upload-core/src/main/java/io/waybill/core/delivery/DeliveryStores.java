package io.waybill.core.delivery;

import io.waybill.core.access.IdentityStores;
import io.waybill.core.event.EventStores;
import io.waybill.core.idempotency.IdempotencyStores;

/** The stores that deliveries touch. */
public interface DeliveryStores extends IdentityStores, EventStores, IdempotencyStores {

  DeliveryStore deliveries();

  StreamStore stream();
}
