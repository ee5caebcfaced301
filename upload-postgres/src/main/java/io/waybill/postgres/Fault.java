package io.waybill.postgres;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a failed statement means for the work that sent it: the one place where an exception of the
 * driver or the pool is given a meaning.
 */
enum Fault {
  /** Another transaction was in the way, or a plan is older than its table: run the work again. */
  COLLISION,
  /** The database did not answer, or will not now: nothing is wrong with the request. */
  OUTAGE,
  /** A defect of ours. */
  DEFECT;

  /** Connection; resources, disk full included; operator's intervention; the system below. */
  private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");

  /** A standby after a fail-over; a lock, an idle or a whole transaction that took too long. */
  private static final Set<String> MORE_OUTAGES = Set.of("25006", "55P03", "25P03", "25P04");

  static Fault of(Throwable thrown) {
    SQLException sql = sql(thrown);
    if (sql == null) {
      return DEFECT;
    }
    String state = sql.getSQLState();
    if (state == null || state.length() != 5) {
      return isOfConnection(sql) ? OUTAGE : DEFECT;
    }
    return switch (state) {
      case "40001", "40P01" -> COLLISION;
      // A prepared statement that a pooler or DISCARD has taken away.
      case "26000" -> COLLISION;
      case "0A000" -> isStalePlan(sql) ? COLLISION : DEFECT;
      default ->
          OUTAGES.contains(state.substring(0, 2))
                  || MORE_OUTAGES.contains(state)
                  || isOfConnection(sql)
              ? OUTAGE
              : DEFECT;
    };
  }

  /**
   * Whether this connection is of no use any more, and its neighbours most likely are not either: a
   * lost one, one of a server that has become a standby, one whose plans a migration has outdated.
   */
  static boolean isLoss(Throwable thrown) {
    SQLException sql = sql(thrown);
    String state = sql == null ? null : sql.getSQLState();
    return state != null
        && (state.startsWith("08")
            || state.startsWith("57P0")
            || state.equals("25006")
            || state.equals("0A000"));
  }

  /** What was asked for is no table of this database. */
  static boolean isMissingTable(Throwable thrown) {
    SQLException sql = sql(thrown);
    return sql != null && "42P01".equals(sql.getSQLState());
  }

  /** An exception of JDBC that says what only in words. */
  static boolean isWithoutState(Throwable thrown) {
    SQLException sql = sql(thrown);
    return sql != null && sql.getSQLState() == null;
  }

  /** "cached plan must not change result type" in every language of the server. */
  private static boolean isStalePlan(SQLException sql) {
    ServerErrorMessage said =
        sql instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
    return said != null && "RevalidateCachedQuery".equals(said.getRoutine());
  }

  /** What JDBC itself, or the pool, calls the connection's fault. */
  private static boolean isOfConnection(SQLException sql) {
    return sql instanceof SQLTransientConnectionException
        || sql instanceof SQLNonTransientConnectionException
        || sql instanceof SQLRecoverableException
        || sql instanceof SQLTimeoutException;
  }

  /** The first that has a state, else the first at all. */
  private static @Nullable SQLException sql(Throwable thrown) {
    SQLException first = null;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql) {
        if (sql.getSQLState() != null) {
          return sql;
        }
        first = first == null ? sql : first;
      }
    }
    return first;
  }
}
