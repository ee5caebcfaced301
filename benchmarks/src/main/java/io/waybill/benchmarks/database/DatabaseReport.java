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
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.work.Ports;
import io.waybill.postgres.PostgresUnitOfWork;
import io.waybill.postgres.UuidV7;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** What creates and presigns cost PostgreSQL, beside few and many open uploads. */
public final class DatabaseReport {
  private static final int CONNECTIONS = 8;
  private static final UUID PROJECT = UUID.fromString("0190a000-0000-7000-8000-000000000002");
  private static final String KEY = "wb_dev_local_only";
  private static final Limits ROOMY =
      Limits.standard()
          .with(new Limits.Openings(10_000_000, 10_000_000, 10_000_000))
          .with(new Limits.Rates(1_000_000, 1_000_000));

  private final Server server;
  private final UseCases use;
  private final int requests;

  private DatabaseReport(Server server, UseCases use, int requests) {
    this.server = server;
    this.use = use;
    this.requests = requests;
  }

  /**
   * Measures and prints.
   *
   * @param arguments requests per measurement, then numbers of open uploads, ascending
   */
  public static void main(String[] arguments) throws Exception {
    int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
    InstantSource time = InstantSource.system();
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
      UseCases.Settings settings =
          new UseCases.Settings(ROOMY, Authenticate.LONGEST_CACHE, "default");
      new DatabaseReport(server, UseCases.over(ports, settings), requests).print(crowds(arguments));
    }
  }

  private static int[] crowds(String[] arguments) {
    return arguments.length > 1
        ? IntStream.range(1, arguments.length).map(i -> Integer.parseInt(arguments[i])).toArray()
        : new int[] {10, 10_000, 50_000};
  }

  private void print(int[] crowds) throws Exception {
    all(500, i -> create(1)); // the JVM and the plans are warm from here on
    System.out.println(
        "| open uploads | request | per second | PostgreSQL CPU ms | statements | pages |");
    System.out.println("|---|---|---|---|---|---|");
    for (int crowd : crowds) {
      empty();
      // Of a table with a single row the server makes, and keeps, a plan that reads all of it.
      int perTask = Math.clamp(crowd / 100, 1, 100);
      for (int made = 0; made < crowd; made += perTask) {
        create(Math.min(perTask, crowd - made));
      }
      server.run("vacuum analyze");
      List<UUID> sessions = Collections.synchronizedList(new ArrayList<>());
      measure(crowd, "create", i -> sessions.add(create(1)));
      measure(crowd, "presign 1", i -> presign(sessions.get(i)));
    }
  }

  /** Nothing is open any more, and nothing is left. */
  private void empty() {
    server.run(
        "truncate upload_tasks, upload_objects, upload_sessions, upload_parts, datasets,"
            + " upload_events, audit_events, outbox_events, idempotency_records, open_counts cascade");
  }

  private void measure(int crowd, String what, IntConsumer request) throws Exception {
    server.run("select pg_stat_statements_reset()");
    double cpu = server.cpuSeconds();
    long began = System.nanoTime();
    all(requests, request);
    double seconds = (System.nanoTime() - began) / 1e9;
    double millis = (server.cpuSeconds() - cpu) * 1000 / requests;
    List<Server.Cost> costs = server.costs(requests / 2);
    double statements =
        costs.stream().filter(Server.Cost::isSent).mapToLong(Server.Cost::calls).sum()
            / (double) requests;
    double pages =
        costs.stream()
            .filter(Server.Cost::isSent)
            .mapToDouble(cost -> cost.pages() * cost.calls() / requests)
            .sum();
    System.out.printf(
        "| %d | %s | %.0f | %s | %s | %.1f |%n",
        crowd, what, requests / seconds, Server.of(millis), Server.of(statements), pages);
    costs.forEach(DatabaseReport::print);
  }

  private static void print(Server.Cost cost) {
    System.err.printf(
        "    %s%s ms (%s to plan), %s pages, %d × %s%n",
        cost.isSent() ? "" : "of a trigger: ",
        Server.of(cost.millis()),
        Server.of(cost.planMillis()),
        Server.of(cost.pages()),
        cost.calls(),
        cost.sql());
  }

  private static void all(int times, IntConsumer request)
      throws InterruptedException, ExecutionException, IOException {
    try (ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> answers = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        answers.add(callers.submit(() -> request.accept(number)));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
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
            new NewTask.Presign(1, null, true));
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
    return new Caller(ok(use.access().authenticate().bearer(KEY)), "benchmark", "http");
  }

  private static <T> T ok(Verdict<T> verdict) {
    return switch (verdict) {
      case Verdict.Ok<T>(T value) -> value;
      case Verdict.Refused<T>(var refusal) ->
          throw new IllegalStateException(refusal.code() + ": " + refusal.message());
    };
  }
}
