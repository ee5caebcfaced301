package io.waybill.benchmarks.database;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.work.Ports;
import io.waybill.postgres.OutboxListener;
import io.waybill.postgres.PostgresUnitOfWork;
import io.waybill.postgres.UuidV7;
import io.waybill.workers.Alarm;
import io.waybill.workers.Watch;
import io.waybill.workers.Workers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** From the commit of an event to the sink that is told of it; and what saying so costs commits. */
public final class WakeUpReport {
  private static final int CONNECTIONS = 8;
  private static final Duration POLL = Duration.ofSeconds(1);

  // What was weighed and not built: a notification in each transaction that writes an event.
  private static final String TRIGGER =
      """
      create function said() returns trigger language plpgsql as
        $$ begin perform pg_notify('waybill_outbox', ''); return null; end $$;
      create trigger said after insert on outbox_events for each statement execute function said();
      """;

  private final Server server;
  private final InstantSource time = InstantSource.system();
  private final UuidV7 ids = new UuidV7(time);

  private WakeUpReport(Server server) {
    this.server = server;
  }

  /**
   * Measures and prints.
   *
   * @param arguments events on an idle system, then commits at full speed
   */
  public static void main(String[] arguments) throws Exception {
    int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
    int commits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    try (Server server = Server.start(CONNECTIONS)) {
      WakeUpReport report = new WakeUpReport(server);
      System.out.println("| event commit → published, idle | p50 ms | p99 ms |");
      System.out.println("|---|---|---|");
      report.latency("woken", true, events);
      report.latency("polled every second", false, Math.min(events, 60));
      System.out.println();
      System.out.println("| commits of one event each | per second, each run |");
      System.out.println("|---|---|");
      report.rates(commits);
    }
  }

  private void latency(String name, boolean isWoken, int events) throws InterruptedException {
    Alarm alarm = new Alarm();
    Clocked sink = new Clocked();
    try (PostgresUnitOfWork work =
            PostgresUnitOfWork.notifying(server.settings(), CommitListener.NONE);
        OutboxListener _ =
            OutboxListener.start(server.settings(), isWoken ? alarm::ring : () -> {});
        Workers _ =
            Workers.relay(
                cases(work), sink, POLL, alarm, Watch.counting(new SimpleMeterRegistry()))) {
      double[] millis = new double[events];
      for (int i = -20; i < events; i++) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(60_000_000, 260_000_000));
        double took = sink.millisUntilTold(write(work));
        if (i >= 0) {
          millis[i] = took;
        }
      }
      Arrays.sort(millis);
      System.out.printf(
          "| %s | %.1f | %.1f |%n", name, millis[events / 2], millis[events * 99 / 100]);
    }
  }

  /** In turns, so that what else the machine does meets all of them. */
  private void rates(int commits) throws Exception {
    List<String> silent = new ArrayList<>();
    List<String> notifying = new ArrayList<>();
    List<String> trigger = new ArrayList<>();
    try (OutboxListener _ = OutboxListener.start(server.settings(), () -> {});
        PostgresUnitOfWork plain = PostgresUnitOfWork.open(server.settings(), CommitListener.NONE);
        PostgresUnitOfWork told =
            PostgresUnitOfWork.notifying(server.settings(), CommitListener.NONE)) {
      rate(plain, commits);
      for (int round = 0; round < 3; round++) {
        silent.add(rate(plain, commits));
        notifying.add(rate(told, commits));
        server.run(TRIGGER);
        trigger.add(rate(plain, commits));
        server.run("drop function said() cascade");
      }
    }
    print("saying nothing", silent);
    print("as it is: after the commit, once in 50 ms", notifying);
    print("a notification in each transaction", trigger);
  }

  private static void print(String name, List<String> rates) {
    System.out.printf("| %s | %s |%n", name, String.join(", ", rates));
  }

  private String rate(PostgresUnitOfWork work, int commits) throws InterruptedException {
    long began = System.nanoTime();
    CountDownLatch done = new CountDownLatch(commits);
    try (ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < commits; i++) {
        callers.execute(() -> {
          write(work);
          done.countDown();
        });
      }
      done.await();
    }
    return String.format("%.0f", commits / ((System.nanoTime() - began) / 1e9));
  }

  private UUID write(PostgresUnitOfWork work) {
    OutboxEvent event =
        new OutboxEvent(
            ids.next(),
            ids.next(),
            null,
            "upload_session",
            ids.next(),
            1,
            Clocked.TYPE,
            time.instant(),
            Map.of("status", "COMPLETED"));
    return work.commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event.eventId();
    });
  }

  private UseCases cases(PostgresUnitOfWork work) {
    Ports<Stores> ports =
        new Ports<>(
            work,
            new MemoryObjectStore(Set.of()),
            new MemorySigner(),
            ids,
            time,
            new MemoryHeartbeat());
    return UseCases.over(ports, UseCases.Settings.DEFAULT);
  }

  /** A sink that is told at once, and looks at the clock. */
  private static final class Clocked implements Sink {
    static final String TYPE = "upload.completed";
    private final Map<UUID, Long> told = new ConcurrentHashMap<>();

    @Override
    public String name() {
      return "clock";
    }

    @Override
    public Interest interest() {
      return new OfTypes(Set.of(TYPE), false);
    }

    @Override
    public List<Outcome> tell(List<Delivery> batch) {
      batch.forEach(one -> told.put(one.event().eventId(), System.nanoTime()));
      return batch.stream().<Outcome>map(one -> new Delivered()).toList();
    }

    /** From now, which is right after its commit. */
    double millisUntilTold(UUID event) {
      long began = System.nanoTime();
      while (!told.containsKey(event)) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
      }
      return (told.remove(event) - began) / 1e6;
    }
  }
}
