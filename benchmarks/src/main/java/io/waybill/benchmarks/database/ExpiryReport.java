package io.waybill.benchmarks.database;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.upload.usecase.Redrive;
import io.waybill.core.work.Ports;
import io.waybill.postgres.PostgresUnitOfWork;
import io.waybill.postgres.UuidV7;
import io.waybill.server.wiring.FewAtOnce;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How fast workers expire and clean up, and what people who ask for URLs meanwhile feel of it. */
public final class ExpiryReport {
  private static final int WALKERS = 16;
  private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors() * 2 + 1;
  private static final int PER_TASK = 100;
  private static final long PACE_NANOS = 5_000_000;
  private static final UUID PROJECT = UUID.fromString("0190a000-0000-7000-8000-000000000002");
  private static final Limits ROOMY =
      Limits.standard()
          .with(new Limits.Openings(10_000_000, 10_000_000, 10_000_000))
          .with(new Limits.Rates(1_000_000, 1_000_000));

  private final UseCases use;
  private final Redrive redrive;
  private final AtomicLong ahead;

  private ExpiryReport(UseCases use, Redrive redrive, AtomicLong ahead) {
    this.use = use;
    this.redrive = redrive;
    this.ahead = ahead;
  }

  /**
   * Measures and prints.
   *
   * @param arguments sessions that expire in a run, runs, and how many units of work background
   *     work has under way at once
   */
  public static void main(String[] arguments) throws Exception {
    int sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
    int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    int units = arguments.length > 2 ? Integer.parseInt(arguments[2]) : CONNECTIONS / 2;
    AtomicLong ahead = new AtomicLong();
    InstantSource time = () -> InstantSource.system().instant().plus(Duration.ofHours(ahead.get()));
    try (Server server = Server.start(CONNECTIONS);
        PostgresUnitOfWork work = PostgresUnitOfWork.open(server.settings(), CommitListener.NONE)) {
      Ports<Stores> ports =
          new Ports<>(
              work,
              new MemoryObjectStore(Set.of("robot-data")),
              new MemorySigner(),
              new UuidV7(time),
              time,
              new MemoryHeartbeat());
      Ports<Stores> behind =
          ports.on(new FewAtOnce<>(work, units, Duration.ofSeconds(2)), ports.store());
      ExpiryReport report = new ExpiryReport(over(ports), over(behind).uploads().redrive(), ahead);
      System.out.println("| work beside it | sessions/s | presign p50 ms | p99 ms | p99, × |");
      System.out.println("|---|---|---|---|---|");
      for (int run = 0; run <= runs; run++) {
        report.run(sessions, run);
      }
    }
  }

  private static UseCases over(Ports<Stores> ports) {
    return UseCases.over(
        ports, new UseCases.Settings(ROOMY, Authenticate.LONGEST_CACHE, "default"));
  }

  private void run(int sessions, int run) throws Exception {
    for (int made = 0; made < sessions; made += PER_TASK) {
      create(PER_TASK);
    }
    ahead.addAndGet(25);
    UUID mine = create(1);
    String name = run == 0 ? "warm-up, " : "";
    double[] alone = beside(mine, () -> LockSupport.parkNanos(5_000_000_000L));
    print(name + "none", 0, alone, alone);
    double[] rate = new double[1];
    double[] expiring = beside(mine, () -> rate[0] = walkAll());
    print(name + "expiring", rate[0], expiring, alone);
    ahead.addAndGet(3);
    double[] cleaning = beside(mine, () -> rate[0] = walkAll());
    print(name + "aborting", rate[0], cleaning, alone);
    ahead.addAndGet(30);
    double _ = walkAll(); // what came after the last URL's life
  }

  private static void print(String work, double rate, double[] now, double[] alone) {
    System.out.printf(
        "| %s | %.0f | %.1f | %.1f | %.2f |%n",
        work, rate, part(now, 50), part(now, 99), part(now, 99) / part(alone, 99));
  }

  private static double part(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  /** Milliseconds of requests for URLs, 200 a second at most, while that is done. */
  private double[] beside(UUID session, Runnable work) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<double[]> asking = people.submit(() -> ask(session, isOver));
      work.run();
      isOver.set(true);
      return asking.get();
    }
  }

  private double[] ask(UUID session, AtomicBoolean isOver) {
    List<Double> millis = new ArrayList<>();
    while (!isOver.get()) {
      long began = System.nanoTime();
      presign(session);
      millis.add((System.nanoTime() - began) / 1e6);
      LockSupport.parkNanos(PACE_NANOS);
    }
    return millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** As many at once as the worker walks; sessions a second. */
  private double walkAll() {
    int walked = 0;
    long began = System.nanoTime();
    try (ExecutorService walkers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<Session> due = redrive.claim(WALKERS);
          !due.isEmpty();
          due = redrive.claim(WALKERS)) {
        walked += due.size();
        for (Future<?> one :
            due.stream().map(session -> walkers.submit(() -> redrive.walk(session))).toList()) {
          join(one);
        }
      }
    }
    return walked / ((System.nanoTime() - began) / 1e9);
  }

  private static void join(Future<?> one) {
    try {
      var _ = one.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private UUID create(int objects) {
    NewTask.File file = new NewTask.File(null, "run.mcap", 1 << 20, null, null, null, Map.of());
    NewTask task =
        new NewTask(
            PROJECT,
            "run",
            "api",
            null,
            null,
            null,
            Collections.nCopies(objects, file),
            Map.of(),
            null);
    RequestKey requestKey = RequestKey.of(UUID.randomUUID().toString());
    return ok(use.uploads().createUploadTask().handle(caller(), requestKey, task, AnswerLimit.NONE))
        .objects()
        .getFirst()
        .sessionId();
  }

  private void presign(UUID session) {
    ok(
        use.uploads()
            .presignParts()
            .handle(
                caller(),
                new PresignParts.Request(
                    session, List.of(1), null, true, Map.of(), AnswerLimit.NONE)));
  }

  private Caller caller() {
    return new Caller(
        ok(use.access().authenticate().bearer("wb_dev_local_only")), "benchmark", "http");
  }

  private static <T> T ok(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Ok<T>(T value) -> value;
      case Verdict.Refused<T>(var refusal) ->
          throw new IllegalStateException(refusal.code() + ": " + refusal.message());
    };
  }
}
