package io.waybill.testkit;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.work.Ports;
import io.waybill.testkit.contract.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The whole core over maps, and one robot that uploads to one project: for tests of what stands
 * around the core. Its database and its store can be taken away.
 */
public final class Plant {

  /** Of every upload here; what it takes is told by the number of its parts. */
  public static final long PART_BYTES = 5L << 20;

  public final World world = World.fresh();
  private final MemoryDatabase rows;
  public final ManualTime time = new ManualTime(World.BEGINNING);
  public final MemoryObjectStore objects = new MemoryObjectStore(Set.of("robot-data"));
  public final Breakable.Store store = new Breakable.Store(objects);
  public final Breakable.Database database;
  public final Ports<Stores> ports;
  public final UseCases cases;
  private final Caller robot = new Caller(world.robot(), "req-plant", "mqtt");

  public Plant(CommitListener listener) {
    rows = new MemoryDatabase(listener);
    database = new Breakable.Database(rows);
    rows.addPolicy(world.tenantId(), world.policy());
    rows.addProject(world.project());
    rows.addDevice(world.credentialSha256(), world.robot());
    ports =
        new Ports<>(
            database, store, new MemorySigner(), new SequentialIds(), time, new MemoryHeartbeat());
    cases =
        UseCases.over(
            ports,
            new UseCases.Settings(
                Limits.standard().with(new Limits.Rates(1_000_000, 1_000_000)),
                Duration.ZERO,
                "default"));
  }

  /** A task of one file of so many parts; the id of its session. */
  public UUID create(int parts) {
    NewTask.File file =
        new NewTask.File(
            null,
            "run.mcap",
            parts * PART_BYTES,
            "application/octet-stream",
            PART_BYTES,
            null,
            Map.of());
    NewTask task =
        new NewTask(
            world.project().projectId(),
            "run",
            "cli",
            null,
            null,
            null,
            List.of(file),
            Map.of(),
            null);
    return value(
            cases
                .uploads()
                .createUploadTask()
                .handle(robot, RequestKey.NONE, task, AnswerLimit.NONE))
        .objects()
        .getFirst()
        .sessionId();
  }

  /** What a client's PUTs do: parts 1 to {@code parts} of the session are in storage. */
  public void put(UUID sessionId, int parts, long bytesOfEach) {
    if (!(stored(sessionId) instanceof Session.Open open)) {
      throw new AssertionError("nothing can be sent to " + stored(sessionId));
    }
    for (int number = 1; number <= parts; number++) {
      objects.put(open.uploadId(), number, bytesOfEach);
    }
  }

  /** Completes as the robot does; the refusal is the test's to look at. */
  public Verdict<Answer.Completed> complete(UUID sessionId) {
    return cases
        .uploads()
        .completeUpload()
        .handle(robot, RequestKey.NONE, new CompleteUpload.Request(sessionId, Map.of(), null));
  }

  /** As it is stored, whatever the time says. */
  public SessionStatus status(UUID sessionId) {
    return stored(sessionId).status();
  }

  private Session stored(UUID sessionId) {
    return rows.read(tx -> tx.sessions().find(world.tenantId(), sessionId).orElseThrow());
  }

  private static <T> T value(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Ok<T>(T value) -> value;
      case Verdict.Refused<T>(Refusal refusal) -> throw new AssertionError("refused: " + refusal);
    };
  }
}
