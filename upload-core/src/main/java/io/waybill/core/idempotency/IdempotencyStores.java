package io.waybill.core.idempotency;

/** The stores that the memory of requests touches. */
public interface IdempotencyStores {

  IdempotencyStore idempotency();
}
