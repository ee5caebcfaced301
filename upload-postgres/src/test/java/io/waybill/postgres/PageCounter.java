package io.waybill.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Counts by the server's own counters what a call touches. */
final class PageCounter {
  private final PostgresSettings settings;

  PageCounter(PostgresSettings settings) {
    this.settings = settings;
  }

  /**
   * What one call did.
   *
   * @param scans tables that it read through, though they are large
   */
  record Touched(long pages, String scans) {}

  Touched around(HikariDataSource pool, Runnable call) {
    flush(pool);
    Touched before = counters();
    call.run();
    flush(pool);
    Touched after = counters();
    return new Touched(
        after.pages() - before.pages(),
        after.scans().equals(before.scans()) ? "" : before.scans() + " → " + after.scans());
  }

  /** Makes the one connection of the pool tell its counters now. */
  private static void flush(HikariDataSource pool) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_stat_force_next_flush()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Touched counters() {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select (select sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit + idx_blks_read, 0))
                    from pg_statio_user_tables),
                  (select string_agg(relname || ' ' || seq_scan, ', ' order by relname) from pg_stat_user_tables
                    where n_live_tup >= 10000)
                """)) {
      row.next();
      String scans = row.getString(2);
      return new Touched(row.getLong(1), scans == null ? "" : scans);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Vacuums and counts, so that pages and plans are what rows alone make them. What a checkpoint is
   * just writing a vacuum leaves out, and what it left out a second one finds.
   */
  void settle() {
    run("checkpoint");
    run("vacuum");
    run("vacuum analyze");
  }

  void run(String sql) {
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
