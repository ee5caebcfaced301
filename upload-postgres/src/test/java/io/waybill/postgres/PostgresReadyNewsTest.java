package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.ReadyNewsContract;
import io.waybill.testkit.contract.World;

/** Each in a database of its own: sinks look at everybody's events. */
class PostgresReadyNewsTest extends ReadyNewsContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    PostgresSettings settings = TestPostgres.migrated().withPoolSize(4);
    PostgresWorld.register(settings, world);
    return PostgresUnitOfWork.open(settings, listener);
  }
}
