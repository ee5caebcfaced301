package io.waybill.postgres;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to this version's schema. Safe to run in every process at every start. */
public final class Migrations {
  private static final String LOCATION = "classpath:io/waybill/postgres/migration";

  private Migrations() {}

  /** Applies what is missing; returns how many migrations that were. */
  public static int run(PostgresSettings settings) {
    return run(Pool.driver(settings));
  }

  /** See {@link #run(PostgresSettings)}. */
  public static int run(DataSource database) {
    return Flyway.configure()
        .dataSource(database)
        .locations(LOCATION)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
