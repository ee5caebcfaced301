package io.waybill.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.trace.Tracer;
import io.waybill.core.work.Work;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** The one owner of begin, commit and rollback in PostgreSQL. */
public final class PostgresUnitOfWork implements Work<Stores>, AutoCloseable {
  private static final Sql CHECK =
      Sql.of(
          "check",
          "select coalesce(max(version::int), 0) as version from flyway_schema_history"
              + " where success and version ~ '^[0-9]+$'");
  private static final int MAX_RUNS = 10;
  private static final long MAX_PAUSE_NANOS = 5_000_000;
  private final Source source;
  private final Duration longest;
  private final Leases leases;
  private final DbClient client;
  private final CommitListener listener;
  private final Tracer tracer;
  private final Errands errands = new Errands();

  /** Where connections come from. */
  private record Source(DataSource pool, Runnable onLoss, Runnable onClose) {}

  private PostgresUnitOfWork(
      Source source, CommitListener listener, Duration longest, Tracer tracer) {
    this.source = source;
    this.longest = longest;
    this.leases = new Leases(source.pool());
    this.client = JdbcClientBuilder.create().connectionPool(leases).build();
    this.listener = listener;
    this.tracer = tracer;
  }

  /** Opens a pool of its own. */
  public static PostgresUnitOfWork open(PostgresSettings settings, CommitListener listener) {
    HikariDataSource pool = Pool.open(settings);
    Source source =
        new Source(pool, () -> pool.getHikariPoolMXBean().softEvictConnections(), pool::close);
    return new PostgresUnitOfWork(source, listener, settings.longestUnit(), Tracer.NONE);
  }

  /** The same, whose commits wake every {@link OutboxListener} of the database. */
  public static PostgresUnitOfWork notifying(PostgresSettings settings, CommitListener listener) {
    HikariDataSource pool = Pool.open(settings);
    OutboxNotifier notifier = OutboxNotifier.start(pool, listener);
    Source source =
        new Source(
            pool,
            () -> pool.getHikariPoolMXBean().softEvictConnections(),
            () -> {
              notifier.close();
              pool.close();
            });
    return new PostgresUnitOfWork(source, notifier, settings.longestUnit(), Tracer.NONE);
  }

  /** Works on somebody's pool, made as {@link Pool} makes it; {@link #close} leaves it open. */
  public static PostgresUnitOfWork over(DataSource pool, CommitListener listener) {
    return new PostgresUnitOfWork(
        new Source(pool, () -> {}, () -> {}), listener, PostgresSettings.LONGEST_UNIT, Tracer.NONE);
  }

  /** The same on the same connections, telling the tracer of each statement. */
  public PostgresUnitOfWork tracedBy(Tracer other) {
    return new PostgresUnitOfWork(source, listener, longest, other);
  }

  /** How the pool is used at this moment. */
  public PoolUse poolUse() {
    return source.pool() instanceof HikariDataSource ours && ours.getHikariPoolMXBean() != null
        ? use(ours)
        : PoolUse.UNKNOWN;
  }

  private static PoolUse use(HikariDataSource pool) {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return new PoolUse(
        pool.getMaximumPoolSize(),
        now.getActiveConnections(),
        now.getIdleConnections(),
        now.getThreadsAwaitingConnection());
  }

  @Override
  public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
    long end = System.nanoTime() + longest.toNanos();
    for (int run = 1; ; run++) {
      try {
        return once(work, end);
      } catch (RuntimeException e) {
        if (e instanceof Outage || Fault.of(e) != Fault.COLLISION) {
          throw meaning(e);
        }
        if (Fault.isLoss(e)) {
          source.onLoss().run(); // a migration outdated its plans, and those of its neighbours
        }
        if (run == MAX_RUNS || System.nanoTime() >= end) {
          throw Outage.database("the same rows are in too much demand", e);
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_PAUSE_NANOS));
      }
    }
  }

  private <T> Verdict<T> once(Function<? super Stores, Verdict<T>> work, long end) {
    DbTransaction transaction = client.transaction();
    Written written = new Written();
    PostgresStores stores = new PostgresStores(db(transaction, leases::hurry), written);
    Verdict<T> verdict =
        leases.until(
            end,
            () -> {
              Verdict<T> decided = work.apply(stores);
              if (decided instanceof Verdict.Ok && leases.used()) {
                commit(transaction);
              }
              return decided; // what is not committed is rolled back with the lease
            });
    if (verdict instanceof Verdict.Ok) {
      written.tell(listener);
    }
    return verdict;
  }

  private void commit(DbTransaction transaction) {
    tracer.inside(
        "sql",
        "commit",
        () -> {
          leases.hurry();
          transaction.commit();
          return transaction;
        });
  }

  private Db db(DbExecute execute, Runnable beforeEach) {
    return new Db(execute, beforeEach, tracer);
  }

  @Override
  public <T> T read(Function<? super Stores, T> work) {
    try {
      return leases.until(
          System.nanoTime() + longest.toNanos(),
          () ->
              work.apply(new PostgresStores(db(client.execute(), leases::hurry), Written.NOWHERE)));
    } catch (RuntimeException e) {
      throw meaning(e);
    }
  }

  // Run again as a transaction of its own when others were in the way, which is rare.
  @Override
  public <T> T alone(Function<? super Stores, T> work) {
    Written written = new Written();
    T value;
    try {
      value =
          leases.until(
              System.nanoTime() + longest.toNanos(),
              () -> work.apply(new PostgresStores(db(client.execute(), onlyOne()), written)));
    } catch (RuntimeException e) {
      if (!(e instanceof Outage) && Fault.of(e) == Fault.COLLISION) {
        return commit(work);
      }
      throw meaning(e);
    }
    written.tell(listener);
    return value;
  }

  private Runnable onlyOne() {
    AtomicBoolean isSecond = new AtomicBoolean();
    return () -> {
      if (isSecond.getAndSet(true)) {
        throw new IllegalStateException("one statement commits by itself, two need a transaction");
      }
      leases.hurry();
    };
  }

  @Override
  public void eventually(Duration patience, Consumer<? super Stores> wish) {
    errands.run(
        patience,
        () ->
            commit(tx -> {
              wish.accept(tx);
              return patience;
            }));
  }

  /**
   * Asks something small; throws when the database does not answer, has no schema of ours, or an
   * older one than this version needs.
   */
  public void check() {
    long version;
    try {
      version =
          leases.until(
              System.nanoTime() + longest.toNanos(),
              () ->
                  db(client.execute(), leases::hurry)
                      .one(CHECK.call(), row -> row.number("version"))
                      .orElse(0L));
    } catch (RuntimeException e) {
      throw Fault.isMissingTable(e) ? Migrations.tooOld(0) : meaning(e);
    }
    if (version < Migrations.NEWEST) {
      throw Migrations.tooOld(version);
    }
  }

  private RuntimeException meaning(RuntimeException e) {
    if (Fault.isLoss(e)) {
      source.onLoss().run(); // where one connection died, the others most likely did too
    }
    return e instanceof Outage || Fault.of(e) == Fault.DEFECT
        ? e
        : Outage.database("the database did not answer", e);
  }

  @Override
  public void close() {
    errands.end();
    source.onClose().run();
  }
}
