package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.work.Ports;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing on the way of an upload is planned anew at each use: to plan a statement costs more than
 * to run it. The server plans five times for the values at hand; then it must find that a plan for
 * all values is as good.
 */
class PlanReuseTest {
  private static final int TIMES = 12;
  private static final int TRIALS = 5;
  private static final long SIZE = 1 << 20;

  private final World world = World.fresh();
  private final World crowd = World.fresh();
  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(1);
  private final InstantSource time = InstantSource.system();
  private final MemoryObjectStore storage = new MemoryObjectStore(Set.of("robot-data"));

  @Test
  void every_statement_of_an_upload_is_planned_for_all_values() throws SQLException {
    PostgresWorld.register(settings, world);
    openManyUploads();
    try (HikariDataSource pool = Pool.open(settings);
        PostgresUnitOfWork work = PostgresUnitOfWork.over(pool, CommitListener.NONE)) {
      UseCases use = over(work);
      for (Identity identity : List.of(tool(), world.robot())) {
        for (int i = 0; i < TIMES; i++) {
          upload(use, new Caller(identity, "r", "http"));
        }
      }

      assertThat(plannedAnew(pool)).isEmpty();
    }
  }

  private Identity tool() {
    return new Identity(
        world.tenantId(),
        SubjectKind.API_KEY,
        Ids.next(),
        "wb_tool",
        Identity.Standing.ACTIVE,
        Stream.of(Permission.values())
            .map(permission ->
                new Grant(
                    ResourceKind.TENANT,
                    world.tenantId(),
                    permission.code(),
                    Grant.Effect.ALLOW,
                    null))
            .toList());
  }

  private UseCases over(PostgresUnitOfWork work) {
    return UseCases.over(
        new Ports<>(
            work, storage, new MemorySigner(), new UuidV7(time), time, new MemoryHeartbeat()),
        UseCases.Settings.DEFAULT);
  }

  /**
   * Over a connection of its own; then the server learns of them, as it does after some minutes.
   */
  private void openManyUploads() throws SQLException {
    PostgresWorld.register(settings, crowd);
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      for (int i = 0; i < 20; i++) {
        work.commit(tx -> {
          tx.tasks().create(Uploads.task(crowd, 100, time.instant()));
          return crowd;
        });
      }
    }
    try (Connection connection = Pool.driver(settings).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
  }

  private UUID create(UseCases use, Caller caller) {
    NewTask.File file = new NewTask.File(null, "run.mcap", SIZE, null, null, null, Map.of());
    NewTask task =
        new NewTask(
            world.project().projectId(),
            "run",
            "api",
            null,
            null,
            null,
            List.of(file),
            Map.of(),
            new NewTask.Presign(1, null, true));
    return ok(use.uploads().createUploadTask().handle(caller, requestKey(), task, AnswerLimit.NONE))
        .objects()
        .getFirst()
        .sessionId();
  }

  private void upload(UseCases use, Caller caller) {
    UUID session = create(use, caller);
    ok(
        use.uploads()
            .presignParts()
            .handle(
                caller,
                new PresignParts.Request(
                    session, List.of(1), null, true, Map.of(), AnswerLimit.NONE)));
    ok(
        use.uploads()
            .acknowledgeParts()
            .handle(
                caller,
                new AcknowledgeParts.Request(
                    session, List.of(new AcknowledgeParts.Part(1, "\"x\"", SIZE, null)))));
    ok(use.uploads().getSession().handle(caller, session, false));
    storage.openUploads().forEach(upload -> storage.put(upload, 1, SIZE));
    ok(
        use.uploads()
            .completeUpload()
            .handle(caller, requestKey(), new CompleteUpload.Request(session, Map.of(), null)));
  }

  private static RequestKey requestKey() {
    return RequestKey.of(UUID.randomUUID().toString());
  }

  private static <T> T ok(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Ok<T>(T value) -> value;
      case Verdict.Refused<T>(var refusal) -> throw new AssertionError(refusal.toString());
    };
  }

  /** Of the one connection: what it has planned more often than to try. */
  private static List<String> plannedAnew(HikariDataSource pool) throws SQLException {
    List<String> statements = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select custom_plans, statement from pg_prepared_statements where custom_plans > "
                    + TRIALS)) {
      while (row.next()) {
        statements.add(row.getInt(1) + " × " + row.getString(2));
      }
    }
    return statements;
  }
}
