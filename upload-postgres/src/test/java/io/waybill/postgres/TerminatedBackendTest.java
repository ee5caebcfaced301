package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.app.UseCases;
import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.work.Ports;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The server ends our backends while a create is between its two transactions. */
class TerminatedBackendTest {
  private static final int CONNECTIONS = 3;

  private final World world = World.fresh();
  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(CONNECTIONS);
  private final AtomicInteger cuts = new AtomicInteger(1);
  private final InstantSource time = InstantSource.system();

  @Test
  void a_create_whose_backend_was_ended_is_gone_on_with_by_its_repetition_at_once() {
    PostgresWorld.register(settings, world);
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, this::cutOnce)) {
      UseCases use =
          UseCases.over(
              new Ports<>(
                  work,
                  new MemoryObjectStore(Set.of("robot-data")),
                  new MemorySigner(),
                  new UuidV7(time),
                  time,
                  new MemoryHeartbeat()),
              UseCases.Settings.DEFAULT);
      assertThatThrownBy(() -> create(use)).isInstanceOf(Outage.class);

      assertThat(repeated(use)).isInstanceOf(Verdict.Ok.class);
    }
    assertThat(count("select count(*) from upload_tasks")).isEqualTo(1);
    assertThat(count("select count(*) from upload_sessions where status = 'INITIATED'"))
        .isEqualTo(1);
  }

  /** Each connection of the pool may be one that the server has ended, and is told so once. */
  private Verdict<Answer.Task> repeated(UseCases use) {
    for (int ended = 1; ended < CONNECTIONS; ended++) {
      try {
        return create(use);
      } catch (Outage outage) {
        assertThat(outage).isInstanceOf(Outage.Database.class);
      }
    }
    return create(use);
  }

  private Verdict<Answer.Task> create(UseCases use) {
    NewTask task =
        new NewTask(
            world.project().projectId(),
            "run",
            "device",
            null,
            null,
            null,
            List.of(new NewTask.File(null, "run.mcap", 5, null, null, null, Map.of())),
            Map.of(),
            null);
    return use.access()
        .authenticate()
        .device(world.tenantId(), world.robot().id())
        .then((Identity robot) ->
            use.uploads()
                .createUploadTask()
                .handle(
                    new Caller(robot, "r", "mqtt"), RequestKey.of("k"), task, AnswerLimit.NONE));
  }

  /** After the commit of the intent, before storage is asked. */
  private void cutOnce(Facts committed) {
    if (cuts.getAndDecrement() > 0) {
      count(
          "select count(pg_terminate_backend(pid)) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    }
  }

  private int count(String sql) {
    try (Connection connection = Pool.patient(settings).getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
