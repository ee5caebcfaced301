package io.waybill.testkit.memory;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.PresenceContract;
import io.waybill.testkit.contract.World;

class MemoryPresenceTest extends PresenceContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return MemoryWorld.open(world, listener);
  }
}
