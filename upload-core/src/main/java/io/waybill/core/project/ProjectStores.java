package io.waybill.core.project;

import io.waybill.core.event.EventStores;
import io.waybill.core.idempotency.IdempotencyStores;

/** The stores that projects touch. */
public interface ProjectStores extends EventStores, IdempotencyStores {
  ProjectStore projects();

  PolicyStore policies();
}
