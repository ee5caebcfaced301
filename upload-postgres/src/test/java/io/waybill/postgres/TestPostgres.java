package io.waybill.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One real server for all tests of this process; each asks for a database of its own. */
final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** Started at the first use, stopped with the process. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            // The races are about locks, not about power cuts.
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("max_connections", "200")
            // Its transactions would keep the sealers of other databases waiting.
            .setServerConfig("autovacuum", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
      }
    }
  }

  /** A new empty database. */
  static PostgresSettings empty() {
    String name = "waybill_" + DATABASES.incrementAndGet();
    try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return PostgresSettings.at(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(Server.RUNNING.getPort(), name),
            "postgres",
            "")
        // Many callers on a busy machine: what is tested here is not how long they wait.
        .withConnectionWait(Duration.ofSeconds(30))
        .withAnswerWait(Duration.ofSeconds(30));
  }

  /** A new database with the schema. */
  static PostgresSettings migrated() {
    PostgresSettings settings = empty();
    Migrations.run(settings);
    return settings;
  }
}
