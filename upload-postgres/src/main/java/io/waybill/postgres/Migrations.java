package io.waybill.postgres;

import io.waybill.core.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** Brings a database to this version's schema. Safe to run in every process at every start. */
public final class Migrations {
  private static final String LOCATION = "classpath:io/waybill/postgres/migration";

  /** What this version needs. It works with that of the version after it, during an upgrade. */
  static final int NEWEST = 71;

  /** Any number that nobody else locks: processes that start together take turns. */
  private static final long ONE_AT_A_TIME = 7_263_041;

  private Migrations() {}

  /**
   * Of a database that has not come so far: restored from before an upgrade, or not upgraded yet.
   */
  static Outage tooOld(long version) {
    String message =
        "the schema is of an older version of Waybill (migration %d, needed is %d): run ./waybill admin migrate"
            .formatted(version, NEWEST);
    return Outage.database(message, new IllegalStateException(message));
  }

  /** Which migration a database has reached that is newer than this version; empty for all else. */
  public static OptionalInt later(PostgresSettings owner) {
    MigrationInfo current = flyway(Pool.patient(owner)).info().current();
    int version = current == null ? 0 : Integer.parseInt(current.getVersion().getVersion());
    return version > NEWEST ? OptionalInt.of(version) : OptionalInt.empty();
  }

  /** Applies what is missing; returns how many migrations that were. */
  public static int run(PostgresSettings settings) {
    return run(Pool.patient(settings));
  }

  /**
   * The same, and lets the services work with what there is.
   *
   * @param serviceRole whom the services connect as: it changes no audit row; empty when that is
   *     the owner
   */
  public static int run(PostgresSettings owner, String serviceRole) {
    int applied = run(owner);
    if (!serviceRole.isEmpty() && !serviceRole.equals(owner.user())) {
      ServiceRole.grant(Pool.patient(owner), serviceRole);
    }
    return applied;
  }

  /**
   * Writes down how long events are kept, where only the owner can: services that work as another
   * role drop what is older, and nothing else.
   *
   * @param days after the end of their month; 0 for ever
   */
  public static void keepEvents(PostgresSettings owner, int days) {
    keep(owner, "event_retention", days);
  }

  /** The same for audit rows, which are kept at least as long as any dataset. */
  public static void keepAudit(PostgresSettings owner, int days) {
    keep(owner, "audit_retention", days);
  }

  private static void keep(PostgresSettings owner, String table, int days) {
    try (Connection connection = Pool.patient(owner).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      statement.execute("update " + table + " set days = " + days);
    } catch (SQLException e) {
      throw new IllegalStateException("how long rows are kept could not be written down", e);
    }
  }

  /** See {@link #run(PostgresSettings)}. */
  public static int run(DataSource database) {
    int applied = flyway(database).migrate().migrationsExecuted;
    makePartitions(database);
    return applied;
  }

  private static Flyway flyway(DataSource database) {
    return Flyway.configure().dataSource(database).locations(LOCATION).load();
  }

  /** The months move on after the first start; the DEFAULT partition takes what we are late for. */
  private static void makePartitions(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + ONE_AT_A_TIME + ")");
      statement.execute("select create_event_partitions(now(), 3)");
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException("the months ahead could not be prepared", e);
    }
  }
}
