package io.waybill.s3;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The lifecycle on maps over a real store adapter and a scripted store: one file of one part. */
final class StoredWorld implements AutoCloseable {

  static final long FILE_BYTES = 1L << 20;

  private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
  private static final UUID TENANT = new UUID(0x0190_a000_0000_7000L, 0x8000_0000_0000_0001L);
  private static final UUID PROJECT = new UUID(0x0190_a000_0000_7000L, 0x8000_0000_0000_0002L);
  private static final UUID POLICY = new UUID(0x0190_a000_0000_7000L, 0x8000_0000_0000_0003L);

  final ScriptedServer server = new ScriptedServer();
  private final S3ObjectStore store = server.store();
  private final MemoryDatabase database = new MemoryDatabase();
  private final UseCases use;

  StoredWorld() {
    ManualTime time = new ManualTime(NOW);
    use =
        UseCases.over(
            new Ports<>(
                database,
                store,
                new MemorySigner(),
                new SequentialIds(),
                time,
                new MemoryHeartbeat()),
            UseCases.Settings.DEFAULT);
    database.addPolicy(
        TENANT,
        new StoragePolicy(
            POLICY,
            "local",
            "robot-data",
            64L << 20,
            Duration.ofMinutes(15),
            Duration.ofHours(24),
            Duration.ofDays(30),
            Set.of("application/octet-stream"),
            false));
    database.addProject(
        new Project(
            PROJECT,
            TENANT,
            POLICY,
            "line-3",
            "a project",
            null,
            ProjectStatus.ACTIVE,
            Map.of(),
            1,
            NOW,
            NOW,
            null));
  }

  private static Caller caller() {
    List<Grant> everything =
        Arrays.stream(Permission.values())
            .map(right ->
                new Grant(ResourceKind.TENANT, TENANT, right.code(), Grant.Effect.ALLOW, null))
            .toList();
    Identity person =
        new Identity(
            TENANT, SubjectKind.API_KEY, POLICY, "wb_person", Identity.Standing.ACTIVE, everything);
    return new Caller(person, "req", "http");
  }

  Verdict<?> create() {
    NewTask.File file = new NewTask.File(null, "run", FILE_BYTES, null, null, null, Map.of());
    NewTask task =
        new NewTask(PROJECT, "run", "api", null, null, null, List.of(file), Map.of(), null);
    return use.uploads()
        .createUploadTask()
        .handle(caller(), RequestKey.NONE, task, AnswerLimit.NONE);
  }

  Verdict<?> complete() {
    return use.uploads()
        .completeUpload()
        .handle(caller(), RequestKey.NONE, new CompleteUpload.Request(session(), Map.of(), null));
  }

  Verdict<?> abort() {
    return use.uploads()
        .abortUpload()
        .handle(caller(), RequestKey.NONE, new AbortUpload.Request(session(), "a test"));
  }

  SessionStatus status() {
    return database.read(tx -> tx.sessions().find(TENANT, session()).orElseThrow().status());
  }

  private UUID session() {
    return database.facts().timeline(LifecycleEvent.class).getFirst().sessionId();
  }

  @Override
  public void close() {
    store.close();
    server.close();
  }
}
