package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.CommitListener;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A retry and whoever moves the session that it replaces: one after the other, never entangled. */
class RetryLockTest {
  private static final Instant T0 = World.BEGINNING;
  private final World world = World.fresh();
  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(4);
  private final PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);
  private final AtomicInteger runs = new AtomicInteger();

  @BeforeEach
  void register() {
    PostgresWorld.register(settings, world);
  }

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void who_retries_an_object_sees_the_extension_that_was_being_written() throws Exception {
    Session.Initiated session = initiated();
    Instant later = session.upload().expiresAt().plusSeconds(600);
    assertThat(
            lockedWhile(session, session.with(session.upload().extended(later, T0.plusSeconds(2)))))
        .extracting(found -> found.upload().expiresAt())
        .isEqualTo(later);
  }

  @Test
  void who_retries_an_object_does_not_stand_in_the_way_of_an_abort() throws Exception {
    Session.Initiated session = initiated();
    Session.Aborting aborting = session.abort("no", T0.plusSeconds(2));
    assertThat(lockedWhile(session, aborting)).isEqualTo(aborting);
    assertThat(runs).as("nobody was thrown out of a deadlock").hasValue(2);
  }

  private Session.Initiated initiated() {
    NewTask task = Uploads.task(world, 1, T0);
    Session.Initiating session = task.sessions().getFirst();
    Session.Initiated initiated = session.initiated("upload-1", T0.plusSeconds(1));
    work.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
    move(session, initiated);
    return initiated;
  }

  private void move(Session before, Session after) {
    work.commit(
        tx -> tx.sessions().apply(List.of(Uploads.move(before, after, UploadEvent.EXTENDED))));
  }

  /** What a retry finds that comes while a transaction holds the session, and then moves it. */
  private Session lockedWhile(Session before, Session after) throws Exception {
    UUID tenant = world.tenantId();
    UUID id = before.upload().sessionId();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Session> retry =
          work.commit(tx -> {
            runs.incrementAndGet();
            tx.sessions().lock(tenant, id);
            Future<Session> other = threads.submit(() -> lockObject(before));
            while (!other.isDone() && !somebodyWaits()) {
              Thread.onSpinWait();
            }
            tx.sessions().apply(List.of(Uploads.move(before, after, UploadEvent.EXTENDED)));
            return other;
          });
      return retry.get();
    }
  }

  private Session lockObject(Session session) {
    UUID task = session.upload().owner().taskId();
    UUID object = session.upload().owner().objectId();
    return work.commit(tx -> {
      runs.incrementAndGet();
      return tx.tasks()
          .lockObject(world.tenantId(), task, object)
          .orElseThrow()
          .progress()
          .getFirst()
          .session();
    });
  }

  private boolean somebodyWaits() {
    try (Connection connection = Pool.driver(settings).getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'")) {
      return rows.next() && rows.getInt(1) > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
