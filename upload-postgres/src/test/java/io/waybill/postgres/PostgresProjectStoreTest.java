package io.waybill.postgres;

import io.waybill.core.event.CommitListener;
import io.waybill.core.work.UnitOfWork;
import io.waybill.testkit.contract.ProjectStoreContract;
import io.waybill.testkit.contract.World;

class PostgresProjectStoreTest extends ProjectStoreContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
