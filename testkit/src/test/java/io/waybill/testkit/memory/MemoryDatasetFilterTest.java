package io.waybill.testkit.memory;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.DatasetFilterContract;
import io.waybill.testkit.contract.World;

class MemoryDatasetFilterTest extends DatasetFilterContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return MemoryWorld.open(world, listener);
  }
}
