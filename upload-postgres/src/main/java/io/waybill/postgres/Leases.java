package io.waybill.postgres;

import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import io.waybill.core.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The pool as DbClient sees it. DbClient loses connections when a statement cannot be prepared or a
 * transaction is neither committed nor rolled back; here every connection belongs to the unit of
 * work that took it, and goes back when that unit ends, whatever happened. And no unit outlives its
 * end: whatever it still waits for then, in the pool or on a socket, is an outage.
 */
final class Leases implements JdbcConnectionPool {
  private static final ScopedValue<Unit> UNIT = ScopedValue.newInstance();

  /** A socket is given this long at least: zero would mean for ever. */
  private static final int LEAST_WAIT_MILLIS = 50;

  private final DataSource pool;

  Leases(DataSource pool) {
    this.pool = pool;
  }

  /**
   * One unit of work.
   *
   * @param end by {@link System#nanoTime()}
   */
  private record Unit(List<Connection> taken, long end) {
    int millisLeft() {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw Outage.database("the database was too slow", new SQLException("out of time"));
      }
      return (int) Math.max(LEAST_WAIT_MILLIS, left);
    }

    boolean hasLost() {
      return taken.stream().anyMatch(Leases::isClosed);
    }
  }

  /**
   * Runs work that may take connections. One unit inside another could wait for itself.
   *
   * @param end when it must be over, by {@link System#nanoTime()}
   */
  <T> T until(long end, ScopedValue.CallableOp<T, RuntimeException> work) {
    if (UNIT.isBound()) {
      throw new IllegalStateException("a unit of work began inside another");
    }
    Unit unit = new Unit(new ArrayList<>(1), end);
    try {
      return ScopedValue.where(UNIT, unit).call(work);
    } catch (RuntimeException e) {
      // The pool closes what is broken; who uses it once more is told so in words without a code.
      throw !(e instanceof Outage) && Fault.isWithoutState(e) && unit.hasLost()
          ? Outage.database("the connection to the database was lost", e)
          : e;
    } finally {
      unit.taken().forEach(Leases::giveBack);
    }
  }

  /** Whether this unit has used the database at all. */
  boolean used() {
    return !UNIT.get().taken().isEmpty();
  }

  /** Before each statement and before the commit: none waits for an answer beyond the end. */
  void hurry() {
    Unit unit = UNIT.get();
    int millis = unit.millisLeft();
    unit.taken().stream()
        .filter(connection -> !isClosed(connection))
        .forEach(connection -> wait(connection, millis));
  }

  @Override
  public Connection connection() {
    try {
      Connection connection = pool.getConnection();
      Unit unit = UNIT.get();
      unit.taken().add(connection);
      wait(connection, unit.millisLeft());
      return connection;
    } catch (SQLException e) {
      throw Outage.database("no connection to the database: " + reason(e), e);
    }
  }

  /** The pool says how long it has waited; why in vain, only its cause says. */
  private static String reason(SQLException e) {
    Throwable cause = e.getCause();
    return cause == null
        ? String.valueOf(e.getMessage())
        : cause.getMessage() + " (" + e.getMessage() + ")";
  }

  private static void wait(Connection connection, int millis) {
    try {
      connection.setNetworkTimeout(Runnable::run, millis);
    } catch (SQLException e) {
      throw Outage.database("the connection to the database was lost", e);
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
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
