package io.waybill.server.wiring;

import io.waybill.postgres.DevelopmentSeed;
import io.waybill.postgres.PostgresSettings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * Whether the development seed is loaded, as the registry has it. Once it is, it stays so; until
 * then, and while the database does not answer, it is asked again: the seed may come later.
 */
final class SeedWatch implements BooleanSupplier {
  private final PostgresSettings database;
  private volatile boolean isLoaded;

  private SeedWatch(PostgresSettings database) {
    this.database = database;
  }

  /** Where the seed may not be loaded, nothing is asked, and nothing told. */
  static BooleanSupplier of(Configuration configuration) {
    try {
      DevelopmentSeeding.requireHarmless(configuration);
    } catch (StartupFailure forbidden) {
      return () -> false;
    }
    return new SeedWatch(ConfiguredDatabase.of(configuration));
  }

  @Override
  public boolean getAsBoolean() {
    if (!isLoaded) {
      try {
        isLoaded = DevelopmentSeed.isLoaded(database);
      } catch (SQLException unknown) {
        return false;
      }
    }
    return isLoaded;
  }
}
