package io.waybill.testkit.memory;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.DeliveryStoreContract;
import io.waybill.testkit.contract.World;

class MemoryDeliveryStoreTest extends DeliveryStoreContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return MemoryWorld.open(world, listener);
  }
}
