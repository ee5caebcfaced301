package io.waybill.core.idempotency.usecase;

import io.waybill.core.idempotency.IdempotencyStores;
import io.waybill.core.work.Ports;

/** What is done with the memory of requests. */
public record IdempotencyUseCases(RememberedRequests rememberedRequests) {

  /** All of them over one set of ports. */
  public static IdempotencyUseCases over(Ports<? extends IdempotencyStores> ports) {
    return new IdempotencyUseCases(new RememberedRequests(ports));
  }
}
