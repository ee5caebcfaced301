package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.VerifiedChecksumsContract;
import io.waybill.testkit.contract.World;

class PostgresVerifiedChecksumsTest extends VerifiedChecksumsContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
