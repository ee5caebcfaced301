package io.waybill.testkit.memory;

import io.waybill.core.event.CommitListener;
import io.waybill.core.work.UnitOfWork;
import io.waybill.testkit.contract.IdempotencyStoreContract;
import io.waybill.testkit.contract.World;

class MemoryIdempotencyStoreTest extends IdempotencyStoreContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return MemoryWorld.open(world, listener);
  }
}
