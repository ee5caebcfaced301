package io.waybill.benchmarks.database;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.postgres.PostgresSettings;
import io.waybill.postgres.PostgresUnitOfWork;
import io.waybill.testkit.growth.Calls;
import io.waybill.testkit.growth.Crowd;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** What statements touch and how long they take, beside few rows and beside a million. */
public final class GrowthReport {
  private static final Crowd.Size FEW = new Crowd.Size(1_000, 1_000, 100, 1_000, 1_000);
  private static final Crowd.Size MANY = new Crowd.Size(1_000_000, 100_000, 100, 10_000, 1_000_000);
  private static final int WARM = 20;
  private static final double MILLION = 1e6;

  private final Server server;
  private final int times;

  private GrowthReport(Server server, int times) {
    this.server = server;
    this.times = times;
  }

  /**
   * Measures and prints.
   *
   * @param arguments calls per measurement, then the rows of a page
   */
  public static void main(String[] arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    try (Server server = Server.start(1)) {
      // What is counted is what a statement touches as it runs, as EXPLAIN says it.
      server.run("alter system set pg_stat_statements.track_planning = off");
      server.run("select pg_reload_conf()");
      try (Side few = load(server, "few", FEW, rows);
          Side many = load(server, "many", MANY, rows)) {
        new GrowthReport(server, times).print(few, many);
      }
    }
  }

  /** A database with its calls. */
  private record Side(PostgresUnitOfWork work, Map<String, Consumer<Stores>> calls)
      implements AutoCloseable {

    long run(String name) {
      Consumer<Stores> call = Objects.requireNonNull(calls.get(name));
      long began = System.nanoTime();
      work.commit(tx -> {
        call.accept(tx);
        return Instant.EPOCH;
      });
      return System.nanoTime() - began;
    }

    @Override
    public void close() {
      work.close();
    }
  }

  private static Side load(Server server, String name, Crowd.Size size, int rows) {
    long began = System.nanoTime();
    PostgresSettings database = server.another(name);
    Crowd crowd = new Crowd();
    Server.run(database, crowd.registry());
    Server.run(database, crowd.growth(Crowd.Size.NONE, size));
    Server.run(database, List.of("vacuum analyze", "checkpoint"));
    System.err.printf("loaded in %d s%n", Duration.ofNanos(System.nanoTime() - began).toSeconds());
    return new Side(PostgresUnitOfWork.open(database, CommitListener.NONE), Calls.all(crowd, rows));
  }

  private void print(Side few, Side many) {
    for (Side side : List.of(few, many)) {
      // The JVM is warm, and plans are made, from here on.
      side.calls().keySet().forEach(name -> pages(side, name));
    }
    System.out.println(
        "| | pages | of a million | p50 ms | of a million | ÷ | p99 ms | of a million | ÷ |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    few.calls().keySet().forEach(name -> print(name, few, many));
  }

  /** In turns: whatever else the machine does, it does to both. */
  private void print(String name, Side few, Side many) {
    double pagesOfFew = pages(few, name);
    double pagesOfMany = pages(many, name);
    long[] before = new long[times];
    long[] after = new long[times];
    for (int i = 0; i < times; i++) {
      before[i] = few.run(name);
      after[i] = many.run(name);
    }
    Arrays.sort(before);
    Arrays.sort(after);
    System.out.printf(
        "| %s | %.0f | %.0f | %s | %s |%n",
        name, pagesOfFew, pagesOfMany, times(before, after, 50), times(before, after, 99));
  }

  private String times(long[] before, long[] after, int percentile) {
    double few = before[times * percentile / 100] / MILLION;
    double many = after[times * percentile / 100] / MILLION;
    return "%s | %s | %.2f".formatted(Server.of(few), Server.of(many), many / few);
  }

  private double pages(Side side, String name) {
    server.run("select pg_stat_statements_reset()");
    for (int i = 0; i < WARM; i++) {
      side.run(name);
    }
    return server.costs(1).stream()
        .filter(Server.Cost::isSent)
        .mapToDouble(cost -> cost.pages() * cost.calls() / WARM)
        .sum();
  }
}
