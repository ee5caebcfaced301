package io.waybill.postgres;

import io.waybill.core.event.CommitListener;
import io.waybill.core.work.UnitOfWork;
import io.waybill.testkit.contract.PartStoreContract;
import io.waybill.testkit.contract.World;

class PostgresPartStoreTest extends PartStoreContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
