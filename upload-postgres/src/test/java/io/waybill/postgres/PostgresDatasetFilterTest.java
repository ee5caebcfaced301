package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.DatasetFilterContract;
import io.waybill.testkit.contract.World;

class PostgresDatasetFilterTest extends DatasetFilterContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
