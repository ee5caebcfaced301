package io.waybill.testkit.memory;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.RecoveryStoresContract;
import io.waybill.testkit.contract.World;

class MemoryRecoveriesTest extends RecoveryStoresContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return MemoryWorld.open(world, listener);
  }
}
