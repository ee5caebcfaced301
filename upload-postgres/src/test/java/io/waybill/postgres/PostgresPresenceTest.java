package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.PresenceContract;
import io.waybill.testkit.contract.World;

class PostgresPresenceTest extends PresenceContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
