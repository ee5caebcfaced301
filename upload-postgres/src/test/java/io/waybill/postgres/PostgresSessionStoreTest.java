package io.waybill.postgres;

import io.waybill.core.event.CommitListener;
import io.waybill.core.work.UnitOfWork;
import io.waybill.testkit.contract.SessionStoreContract;
import io.waybill.testkit.contract.World;

class PostgresSessionStoreTest extends SessionStoreContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
