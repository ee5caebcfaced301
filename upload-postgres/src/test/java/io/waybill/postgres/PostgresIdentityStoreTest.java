package io.waybill.postgres;

import io.waybill.core.event.CommitListener;
import io.waybill.core.work.UnitOfWork;
import io.waybill.testkit.contract.IdentityStoreContract;
import io.waybill.testkit.contract.World;

class PostgresIdentityStoreTest extends IdentityStoreContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
