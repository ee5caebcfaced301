package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.testkit.growth.Calls;
import io.waybill.testkit.growth.Crowd;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What each list, search, presign, acknowledge, create and authorization statement touches does not
 * grow with its own tenant: the plans that the server ran, with what they read, and its counters,
 * beside 1 000 rows of each kind and beside many more. {@code benchmarks/growth} prints the same
 * for a million.
 */
class StatementGrowthTest {
  private static final int ROWS = 5;
  private static final int MORE_PAGES = 3;

  /** Five times with a plan for the values at hand; then the server may keep one for all. */
  private static final int WARM = 6;

  private static final Crowd.Size FEW = new Crowd.Size(1_000, 1_000, 10, 1_000, 1_000);
  private static final Crowd.Size MANY = new Crowd.Size(30_000, 10_000, 10, 4_000, 30_000);

  /** Rows that it writes, each into indexes that are a level deeper. */
  private static final Map<String, Integer> WRITES =
      Map.of("create: write it", 10, "create: move it on", 15, "acknowledge: write it", 4);

  /**
   * A time is a range of ids and more at both its ends, read to be left out: as many rows as this
   * tenant makes in an hour or a minute, however many it has.
   */
  private static final Set<String> OF_A_TIME = Set.of("datasets: made at a time", "audit: a time");

  /**
   * Most of what is looked for by the first is in all rows: what fits so nearly is looked at, row
   * by row. The other two are planned once for all prefixes, and read their tenant's keys.
   */
  private static final Set<String> READ_MORE =
      Set.of("datasets: words and a number", "keys: rare prefix", "keys: prefix of none");

  private final Crowd crowd = new Crowd();
  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(1);
  private final PageCounter pages = new PageCounter(settings);

  private record Cost(long pages, List<Plan> plans) {
    List<String> wastes() {
      return plans.stream().flatMap(plan -> plan.wastes().stream()).toList();
    }
  }

  @Test
  void no_statement_touches_more_or_reads_through_what_has_grown() throws SQLException {
    run(crowd.registry());
    run(crowd.growth(Crowd.Size.NONE, FEW));
    Map<String, Cost> few = measure();
    run(crowd.growth(FEW, MANY));
    Map<String, Cost> many = measure();

    SoftAssertions all = new SoftAssertions();
    few.forEach((name, before) -> {
      Cost after = Objects.requireNonNull(many.get(name));
      all.assertThat(after.plans()).as(name).isNotEmpty();
      all.assertThat(after.plans().stream().flatMap(Plan::readThrough)).as(name).isEmpty();
      if (!OF_A_TIME.contains(name) && !READ_MORE.contains(name)) {
        all.assertThat(after.wastes()).as(name).isEmpty();
        all.assertThat(after.pages()).as(name).isLessThanOrEqualTo(before.pages() + more(name));
      }
    });
    all.assertAll();
    assertThat(few).hasSizeGreaterThan(100);
  }

  /** Each row of a page of datasets or tasks is looked up in other tables. */
  private static int more(String name) {
    boolean looksUp = name.startsWith("datasets: ") || name.startsWith("tasks: ");
    return MORE_PAGES * WRITES.getOrDefault(name, looksUp ? ROWS : 1);
  }

  private void run(List<String> statements) throws SQLException {
    try (Connection connection = Pool.patient(settings).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Map<String, Cost> measure() {
    pages.settle();
    Map<String, Cost> costs = new LinkedHashMap<>();
    try (HikariDataSource pool = Pool.open(settings)) {
      PlanWatch watch = new PlanWatch(pool);
      PostgresUnitOfWork work = PostgresUnitOfWork.over(watch, CommitListener.NONE);
      Calls.all(crowd, ROWS)
          .forEach((name, call) -> {
            for (int warm = 0; warm < WARM; warm++) {
              run(work, call);
            }
            costs.put(name, cost(name, work, watch, pool, call));
          });
    }
    return costs;
  }

  /** Of what only reads, the steps of its plan; of what writes, its triggers, too. */
  private Cost cost(
      String name,
      PostgresUnitOfWork work,
      PlanWatch watch,
      HikariDataSource pool,
      Consumer<Stores> call) {
    List<Plan> plans = watch.during(() -> run(work, call));
    long touched =
        WRITES.containsKey(name)
            ? pages.around(pool, () -> run(work, call)).pages()
            : plans.stream().mapToLong(Plan::pages).sum();
    return new Cost(touched, plans);
  }

  private static void run(PostgresUnitOfWork work, Consumer<Stores> call) {
    work.commit(tx -> {
      call.accept(tx);
      return Instant.EPOCH;
    });
  }
}
