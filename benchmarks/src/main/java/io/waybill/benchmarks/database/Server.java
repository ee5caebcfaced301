package io.waybill.benchmarks.database;

import io.waybill.postgres.DevelopmentSeed;
import io.waybill.postgres.Migrations;
import io.waybill.postgres.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** An embedded PostgreSQL with durable commits, which can say what statements cost. */
final class Server implements AutoCloseable {

  private static final double TICKS_PER_SECOND = 100;

  private final EmbeddedPostgres postgres;
  private final PostgresSettings settings;

  private Server(EmbeddedPostgres postgres, PostgresSettings settings) {
    this.postgres = postgres;
    this.settings = settings;
  }

  private static String askCosts(long leastCalls) {
    return """
    select query, calls, total_exec_time + total_plan_time as millis, total_plan_time as plan,
      shared_blks_hit + shared_blks_read as pages, toplevel
    from pg_stat_statements where calls >= %d order by toplevel desc, 3 desc
    """
        .formatted(leastCalls);
  }

  static Server start(int connections) throws IOException {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("shared_preload_libraries", "pg_stat_statements")
            .setServerConfig("pg_stat_statements.track_planning", "on")
            .setServerConfig("pg_stat_statements.track", "all")
            .start();
    PostgresSettings settings =
        PostgresSettings.at(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres", "")
            .withPoolSize(connections);
    Migrations.run(settings);
    DevelopmentSeed.load(settings, "robot-data");
    Server server = new Server(postgres, settings);
    server.run("create extension pg_stat_statements");
    return server;
  }

  PostgresSettings settings() {
    return settings;
  }

  void run(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A database of its own, with the schema. */
  PostgresSettings another(String name) {
    run("create database " + name);
    PostgresSettings other =
        PostgresSettings.at(
                settings.url().replaceAll("/postgres$", "/" + name),
                settings.user(),
                settings.password())
            .withPoolSize(1)
            .withAnswerWait(Duration.ofSeconds(30));
    Migrations.run(other);
    return other;
  }

  /** All of these over one connection. */
  static void run(PostgresSettings database, List<String> statements) {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  /**
   * One statement since the last reset.
   *
   * @param millis to plan and to run it, together
   * @param isSent by us; the others are those of triggers, and in the millis of the ones that fired
   *     them
   */
  record Cost(
      String sql, long calls, double millis, double planMillis, double pages, boolean isSent) {}

  /** The dearest first, of all that were called at least that often. */
  List<Cost> costs(long calls) {
    List<Cost> costs = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(askCosts(calls))) {
      while (row.next()) {
        costs.add(cost(row));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return costs;
  }

  private static Cost cost(ResultSet row) throws SQLException {
    String text = row.getString(1).replaceAll("\\s+", " ").strip();
    long times = row.getLong(2);
    return new Cost(
        text.substring(0, Math.min(60, text.length())),
        times,
        row.getDouble(3) / times,
        row.getDouble(4) / times,
        row.getDouble(5) / times,
        row.getBoolean(6));
  }

  /** CPU seconds of the server and all its processes, ended ones included. */
  double cpuSeconds() throws IOException {
    ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
    double ticks = 0;
    for (ProcessHandle process :
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList()) {
      Path stat = Path.of("/proc/" + process.pid() + "/stat");
      if (Files.exists(stat)) {
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        // utime, stime; of the postmaster also those of the children that it has waited for.
        int last = process.equals(postmaster) ? 14 : 12;
        for (int i = 11; i <= last; i++) {
          ticks += Long.parseLong(fields[i]);
        }
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  private long postmaster() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_read_file('postmaster.pid')")) {
      row.next();
      return Long.parseLong(row.getString(1).lines().findFirst().orElseThrow().strip());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a table's cell. */
  static String of(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
