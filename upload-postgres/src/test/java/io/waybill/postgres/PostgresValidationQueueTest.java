package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.ValidationQueueContract;
import io.waybill.testkit.contract.World;

/** Each in a database of its own: a queue is everybody's. */
class PostgresValidationQueueTest extends ValidationQueueContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    PostgresSettings settings = TestPostgres.migrated().withPoolSize(4);
    PostgresWorld.register(settings, world);
    return PostgresUnitOfWork.open(settings, listener);
  }
}
