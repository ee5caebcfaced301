package io.waybill.postgres;

import io.waybill.core.event.CommitListener;
import io.waybill.core.work.UnitOfWork;
import io.waybill.testkit.contract.DatasetStoreContract;
import io.waybill.testkit.contract.World;

class PostgresDatasetStoreTest extends DatasetStoreContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
