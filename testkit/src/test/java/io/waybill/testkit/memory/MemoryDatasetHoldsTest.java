package io.waybill.testkit.memory;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.DatasetHoldsContract;
import io.waybill.testkit.contract.World;

class MemoryDatasetHoldsTest extends DatasetHoldsContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return MemoryWorld.open(world, listener);
  }
}
