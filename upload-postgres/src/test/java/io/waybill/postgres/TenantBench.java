package io.waybill.postgres;

import io.waybill.core.Refusal;
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
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Session;
import io.waybill.core.work.Ports;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The use cases on a database of their own, and somebody who may do everything in the tenant. */
final class TenantBench implements AutoCloseable {

  /** Of every file here. */
  static final long SIZE = 5L << 20;

  /**
   * What open sessions and stored datasets say of the tenant, and what is counted, side by side.
   */
  private static final String SUMS =
      """
      select (select coalesce(sum(d.object_size_bytes), 0) from datasets d
          where d.tenant_id = ?::uuid and d.status <> 'PURGED') || ' '
        || (select coalesce(sum(s.file_size_bytes), 0) from upload_sessions s where s.tenant_id = ?::uuid
          and s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING')) as rows,
        (select coalesce(sum(u.used_bytes), 0) || ' ' || coalesce(sum(u.reserved_bytes), 0) from tenant_usage u
          where u.tenant_id = ?::uuid) as counted
      """;

  final World world = World.fresh();
  final PostgresSettings settings;
  final ManualTime time = new ManualTime(World.BEGINNING);
  final MemoryObjectStore storage = new MemoryObjectStore(Set.of("robot-data"));
  final PostgresUnitOfWork work;
  final UseCases use;

  TenantBench(PostgresSettings settings) {
    this.settings = settings;
    PostgresWorld.register(settings, world);
    work = PostgresUnitOfWork.open(settings, CommitListener.NONE);
    use =
        UseCases.over(
            new Ports<>(
                work,
                storage,
                new MemorySigner(),
                new UuidV7(InstantSource.system()),
                time,
                new MemoryHeartbeat()),
            new UseCases.Settings(Limits.standard(), Duration.ZERO, "default"));
  }

  Caller person() {
    List<Grant> all =
        Arrays.stream(Permission.values())
            .map(permission ->
                new Grant(
                    ResourceKind.TENANT,
                    world.tenantId(),
                    permission.code(),
                    Grant.Effect.ALLOW,
                    null))
            .toList();
    Identity key =
        new Identity(
            world.tenantId(),
            SubjectKind.API_KEY,
            world.apiKey().id(),
            "wb_test",
            Identity.Standing.ACTIVE,
            all);
    return new Caller(key, "req-1", "http");
  }

  void bound(long bytes) {
    work.commit(tx -> tx.quotas().bound(world.tenantId(), bytes));
  }

  Verdict<Answer.Task> create(int objects) {
    NewTask.File file = new NewTask.File(null, "run.mcap", SIZE, null, null, null, Map.of());
    NewTask task =
        new NewTask(
            world.project().projectId(),
            "run",
            "cli",
            null,
            null,
            null,
            java.util.Collections.nCopies(objects, file),
            Map.of(),
            null);
    return use.uploads()
        .createUploadTask()
        .handle(person(), RequestKey.NONE, task, AnswerLimit.NONE);
  }

  /** What a client's PUT of the one part does. */
  void put(UUID sessionId) {
    if (stored(sessionId) instanceof Session.Open open) {
      storage.put(open.uploadId(), 1, SIZE);
    }
  }

  Session stored(UUID sessionId) {
    return work.read(tx -> tx.sessions().find(world.tenantId(), sessionId)).orElseThrow();
  }

  TenantQuota quota() {
    return work.read(tx -> tx.quotas().find(world.tenantId())).orElseThrow();
  }

  /** The two sums, which must be one. */
  List<String> sums() {
    try (Connection connection = Pool.driver(settings).getConnection();
        PreparedStatement statement = connection.prepareStatement(SUMS)) {
      for (int place = 1; place <= 3; place++) {
        statement.setObject(place, world.tenantId());
      }
      ResultSet row = statement.executeQuery();
      row.next();
      return List.of(row.getString(1), row.getString(2));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void run(String... statements) {
    try (Connection connection = Pool.patient(settings).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static <T> T value(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Ok<T>(T value) -> value;
      case Verdict.Refused<T>(Refusal refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }

  @Override
  public void close() {
    work.close();
  }
}
