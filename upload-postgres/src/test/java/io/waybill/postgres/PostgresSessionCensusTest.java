package io.waybill.postgres;

import io.waybill.core.port.CommitListener;
import io.waybill.core.port.UnitOfWork;
import io.waybill.testkit.contract.SessionCensusContract;
import io.waybill.testkit.contract.World;

class PostgresSessionCensusTest extends SessionCensusContract {
  @Override
  protected UnitOfWork open(World world, CommitListener listener) {
    return ContractDatabase.open(world, listener);
  }
}
