package io.waybill.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a failed statement means for the work that sent it. */
enum Fault {
  /** Another transaction was in the way: run the work again. */
  COLLISION,
  /** The database did not answer, or will not now. */
  OUTAGE,
  /** A defect of ours. */
  DEFECT;

  static Fault of(Throwable thrown) {
    String state = sqlState(thrown);
    if (state == null) {
      return DEFECT;
    }
    return switch (state) {
      case "40001", "40P01" -> COLLISION;
      // Shut down, crashed, starting; too many clients; a statement or a lock took too long.
      case "57P01", "57P02", "57P03", "57P05", "53300", "57014", "55P03" -> OUTAGE;
      default -> state.startsWith("08") ? OUTAGE : DEFECT;
    };
  }

  /** Whether the connection itself is gone. */
  static boolean isLoss(Throwable thrown) {
    String state = sqlState(thrown);
    return state != null && (state.startsWith("08") || state.startsWith("57P0"));
  }

  private static @Nullable String sqlState(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
