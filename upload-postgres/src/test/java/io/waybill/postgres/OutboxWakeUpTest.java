package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.UseCases;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.testkit.contract.Ids;
import io.waybill.workers.Alarm;
import io.waybill.workers.Watch;
import io.waybill.workers.Workers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A commit wakes who waits for events, without anybody asking the database again and again. */
@Timeout(180)
class OutboxWakeUpTest {
  private static final Duration NEVER = Duration.ofMinutes(10);
  private static final int PATIENCE_SECONDS = 60;

  private final Semaphore woken = new Semaphore(0);

  @Test
  void an_event_is_told_although_nobody_looks_for_ten_minutes() throws InterruptedException {
    PostgresSettings settings = TestPostgres.migrated();
    Alarm alarm = new Alarm();
    Told sink = new Told();
    try (PostgresUnitOfWork work = PostgresUnitOfWork.notifying(settings, CommitListener.NONE);
        OutboxListener _ = OutboxListener.start(settings, alarm::ring);
        Workers _ =
            Workers.relay(
                cases(work), sink, NEVER, alarm, Watch.counting(new SimpleMeterRegistry()))) {
      for (int i = 0; i < 20; i++) {
        UUID written = write(work);
        assertThat(sink.told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(written);
      }
    }
  }

  @Test
  void an_event_that_waits_for_another_transaction_is_told_when_that_has_ended()
      throws InterruptedException, SQLException {
    PostgresSettings settings = TestPostgres.migrated();
    Alarm alarm = new Alarm();
    Told sink = new Told();
    try (PostgresUnitOfWork work = PostgresUnitOfWork.notifying(settings, CommitListener.NONE);
        Connection other = Pool.patient(settings).getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select pg_current_xact_id()");
      UUID written = write(work);
      try (OutboxListener _ = OutboxListener.start(settings, alarm::ring);
          Workers _ =
              Workers.relay(
                  cases(work), sink, NEVER, alarm, Watch.counting(new SimpleMeterRegistry()))) {
        other.commit();
        assertThat(sink.told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(written);
      }
    }
  }

  @Test
  void neither_a_rollback_nor_a_commit_without_events_says_anything() throws SQLException {
    PostgresSettings settings = TestPostgres.migrated();
    try (PostgresUnitOfWork work = PostgresUnitOfWork.notifying(settings, CommitListener.NONE);
        Connection ears = ears(settings)) {
      Verdict<Boolean> refused =
          work.write(tx -> {
            tx.events().append(facts(Ids.next()));
            return Verdict.refused(ErrorCode.REQUEST_MALFORMED, "after all not");
          });
      assertThat(refused).isInstanceOf(Verdict.Refused.class);
      assertThat(work.<Integer>commit(tx -> tx.deliveries().backlog(1).size())).isZero();
      say(settings, "before");
      write(work);
      List<String> heard = new ArrayList<>(heard(ears, 2));
      say(settings, "after");
      heard.addAll(heard(ears, 1));

      assertThat(heard).containsExactly("before", "", "after");
    }
  }

  @Test
  void many_commits_are_said_once_in_fifty_milliseconds() throws SQLException {
    PostgresSettings settings = TestPostgres.migrated();
    try (PostgresUnitOfWork work = PostgresUnitOfWork.notifying(settings, CommitListener.NONE);
        Connection ears = ears(settings)) {
      long began = System.nanoTime();
      for (int i = 0; i < 500; i++) {
        write(work);
      }
      long quiets = (System.nanoTime() - began) / Duration.ofMillis(50).toNanos();
      say(settings, "end");
      List<String> heard = new ArrayList<>();
      while (!heard.contains("end")) {
        heard.addAll(heard(ears, 1));
      }
      assertThat(heard).hasSizeBetween(2, Math.toIntExact(quiets) + 3);
    }
  }

  @Test
  void a_listener_outlives_a_restart_of_the_server(@TempDir Path folder) throws Exception {
    PostgresSettings settings;
    int port;
    try (EmbeddedPostgres first = server(folder, 0)) {
      port = first.getPort();
      settings =
          PostgresSettings.at(
              "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "postgres", "");
      Migrations.run(settings);
    }
    try (OutboxListener _ = OutboxListener.start(settings, woken::release)) {
      try (EmbeddedPostgres _ = server(folder, port)) {
        assertWoken();
        assertWokenByCommit(settings);
      }
      try (EmbeddedPostgres _ = server(folder, port)) {
        assertWoken();
        assertWokenByCommit(settings);
      }
    }
  }

  private void assertWokenByCommit(PostgresSettings settings) throws InterruptedException {
    woken.drainPermits();
    try (PostgresUnitOfWork work = PostgresUnitOfWork.notifying(settings, CommitListener.NONE)) {
      write(work);
      assertWoken();
    }
  }

  private void assertWoken() throws InterruptedException {
    assertThat(woken.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static EmbeddedPostgres server(Path folder, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private static Connection ears(PostgresSettings settings) throws SQLException {
    Connection connection = Pool.patient(settings).getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen waybill_outbox");
    }
    return connection;
  }

  /** What was said, this many at least. */
  private static List<String> heard(Connection ears, int atLeast) throws SQLException {
    List<String> heard = new ArrayList<>();
    while (heard.size() < atLeast) {
      for (PGNotification one : ears.unwrap(PGConnection.class).getNotifications(0)) {
        heard.add(one.getParameter());
      }
    }
    return heard;
  }

  private static void say(PostgresSettings settings, String what) throws SQLException {
    try (Connection connection = Pool.patient(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("notify waybill_outbox, '" + what + "'");
    }
  }

  private static UUID write(PostgresUnitOfWork work) {
    UUID id = Ids.next();
    return work.commit(tx -> {
      tx.events().append(facts(id));
      return id;
    });
  }

  private static Facts facts(UUID id) {
    OutboxEvent event =
        new OutboxEvent(
            id,
            Ids.next(),
            null,
            "upload_session",
            Ids.next(),
            1,
            Told.TYPE,
            InstantSource.system().instant(),
            Map.of());
    return new Facts(List.of(), List.of(), List.of(event));
  }

  private static UseCases cases(PostgresUnitOfWork work) {
    return UseCases.over(TestPorts.over(work, InstantSource.system()), UseCases.Settings.DEFAULT);
  }

  private static final class Told implements Sink {
    static final String TYPE = "upload.completed";
    final BlockingQueue<UUID> told = new LinkedBlockingQueue<>();

    @Override
    public String name() {
      return "test";
    }

    @Override
    public Interest interest() {
      return new OfTypes(Set.of(TYPE), false);
    }

    @Override
    public List<Outcome> tell(List<Delivery> batch) {
      batch.forEach(one -> told.add(one.event().eventId()));
      return batch.stream().<Outcome>map(one -> new Delivered()).toList();
    }
  }
}
