package io.waybill.testkit.memory;

import io.waybill.core.event.CommitListener;
import io.waybill.core.work.UnitOfWork;
import io.waybill.testkit.contract.IdentityStoreContract;
import io.waybill.testkit.contract.World;

class MemoryIdentityStoreTest extends IdentityStoreContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return MemoryWorld.open(world, listener);
  }
}
