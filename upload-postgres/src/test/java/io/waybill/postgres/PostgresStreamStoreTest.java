package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.StreamStoreContract;
import io.waybill.testkit.contract.World;

/** Each in a database of its own: the stream is of everybody. */
class PostgresStreamStoreTest extends StreamStoreContract {
  @Override
  protected Work<Stores> open(World world, CommitListener listener) {
    PostgresSettings settings = TestPostgres.migrated().withPoolSize(4);
    PostgresWorld.register(settings, world);
    return PostgresUnitOfWork.open(settings, listener);
  }
}
