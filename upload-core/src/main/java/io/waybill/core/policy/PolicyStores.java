package io.waybill.core.policy;

import io.waybill.core.event.EventStores;
import io.waybill.core.idempotency.IdempotencyStores;

/** The stores that storage policies touch. */
public interface PolicyStores extends EventStores, IdempotencyStores {
  StoragePolicyStore storagePolicies();

  CapabilityStore capabilities();
}
