package io.waybill.postgres;

import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import io.waybill.core.port.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The pool as DbClient sees it. DbClient loses connections when a statement cannot be prepared or a
 * transaction is neither committed nor rolled back; here every connection belongs to the unit of
 * work that took it, and goes back when that unit ends, whatever happened.
 */
final class Leases implements JdbcConnectionPool {
  private static final ScopedValue<List<Connection>> TAKEN = ScopedValue.newInstance();
  private final DataSource pool;

  Leases(DataSource pool) {
    this.pool = pool;
  }

  /** Runs work that may take connections. One unit inside another could wait for itself. */
  <T> T during(ScopedValue.CallableOp<T, RuntimeException> work) {
    if (TAKEN.isBound()) {
      throw new IllegalStateException("a unit of work began inside another");
    }
    List<Connection> taken = new ArrayList<>(1);
    try {
      return ScopedValue.where(TAKEN, taken).call(work);
    } finally {
      taken.forEach(Leases::giveBack);
    }
  }

  /** Whether this unit has used the database at all. */
  boolean used() {
    return !TAKEN.get().isEmpty();
  }

  @Override
  public Connection connection() {
    try {
      Connection connection = pool.getConnection();
      TAKEN.get().add(connection);
      return connection;
    } catch (SQLException e) {
      throw Outage.database("no connection to the database: " + e.getMessage(), e);
    }
  }

  private static void giveBack(Connection connection) {
    try {
      if (!connection.isClosed()) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
        connection.close();
      }
    } catch (SQLException e) {
      // The pool drops a connection that cannot be rolled back; the server ends its transaction.
    }
  }
}
