package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that takes connections and statements and never answers. */
class HungDatabaseTest {
  private static final Duration PROMISE = Duration.ofSeconds(5);
  private static final World WORLD = World.fresh();

  @Test
  void a_unit_of_work_waits_less_than_the_answer_that_is_promised() {
    assertThat(PostgresSettings.at("jdbc:postgresql://x/y", "u", "").longestUnit())
        .isLessThan(PROMISE.minusMillis(500));
  }

  @Test
  void every_caller_of_a_hanging_server_gets_an_outage_and_the_next_ones_work_when_it_goes_on()
      throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      PostgresSettings settings =
          PostgresSettings.at(
                  "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", "")
              .withPoolSize(3);
      Migrations.run(settings);
      try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
        look(work);
        List<Future<?>> answers = new ArrayList<>();
        long postmaster = postmaster(server);
        signal("STOP", postmaster);
        try {
          for (int i = 0; i < 8; i++) {
            answers.add(callers.submit(() -> look(work)));
            answers.add(callers.submit(() -> lock(work)));
          }
          for (Future<?> answer : answers) {
            // The server never goes on meanwhile: what ends the wait is ours.
            assertThatThrownBy(() -> answer.get(2 * PROMISE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(Outage.class);
          }
        } finally {
          signal("CONT", postmaster);
        }
        assertThat(look(work)).isFalse();
      }
    }
  }

  private static boolean look(PostgresUnitOfWork work) {
    return work.read(tx -> tx.sessions().find(WORLD.tenantId(), Ids.next())).isPresent();
  }

  private static boolean lock(PostgresUnitOfWork work) {
    return work.commit(tx -> tx.sessions().lock(WORLD.tenantId(), Ids.next())).isPresent();
  }

  /** To the server and every process of it: children of this test, and nobody else's. */
  private static void signal(String name, long postmaster) {
    ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
    kill(name, handle); // first: from here on it has no more children
    handle.descendants().forEach(process -> kill(name, process));
  }

  /** A background worker may have ended meanwhile. */
  private static void kill(String name, ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long postmaster(EmbeddedPostgres server) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")) {
      row.next();
      return Long.parseLong(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
