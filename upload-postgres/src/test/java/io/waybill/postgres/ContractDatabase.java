package io.waybill.postgres;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.World;

/** One database for all contracts: worlds do not meet in it. */
final class ContractDatabase {
  private ContractDatabase() {}

  private static final class Shared {
    static final PostgresSettings SETTINGS = TestPostgres.migrated().withPoolSize(4);
  }

  static PostgresSettings settings() {
    return Shared.SETTINGS;
  }

  static Work<Stores> open(World world, CommitListener listener) {
    PostgresWorld.register(Shared.SETTINGS, world);
    return PostgresUnitOfWork.open(Shared.SETTINGS, listener);
  }
}
