package io.waybill.simulator;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.app.Stores;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryTransaction;
import io.waybill.core.work.Work;
import io.waybill.simulator.Question.Part;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The database as one process sees it: every statement is a question, every commit is one. */
final class Connections implements Work<Stores> {

  /** As often as the real adapter runs work whose rows are in too much demand. */
  private static final int MAX_RUNS = 10;

  /** PostgreSQL's 40P01: two transactions wait for each other, and this one is given up. */
  static final class Deadlock extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Deadlock() {
      super("deadlock", null, false, false);
    }
  }

  private final MemoryDatabase rows;
  private final Supplier<Flight> running;
  private final Stores stores = Statements.of(this::run);

  Connections(MemoryDatabase rows, Supplier<Flight> running) {
    this.rows = rows;
    this.running = running;
  }

  @Override
  public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
    for (int run = 1; run <= MAX_RUNS; run++) {
      try {
        return once(work);
      } catch (Deadlock _) {
        // and again, from its beginning
      }
    }
    throw away();
  }

  private <T> Verdict<T> once(Function<? super Stores, Verdict<T>> work) {
    MemoryTransaction transaction = rows.begin();
    Flight flight = running.get();
    flight.transaction = transaction;
    try {
      Verdict<T> verdict = work.apply(stores);
      if (verdict instanceof Verdict.Ok<T>) {
        commit(transaction);
      } else {
        transaction.rollback();
      }
      return verdict;
    } catch (Outage outage) {
      throw outage; // the connection is lost: what becomes of the transaction is the server's
    } catch (RuntimeException thrown) {
      transaction.rollback();
      throw thrown;
    } finally {
      flight.transaction = null;
    }
  }

  private void commit(MemoryTransaction transaction) {
    Object _ =
        ask(
            "commit",
            () -> {
              transaction.commit();
              return transaction;
            },
            transaction::rollback);
  }

  private <T extends @Nullable Object> T ask(String name, Supplier<T> effect, Runnable lost) {
    return running
        .get()
        .ask(
            new Question<>(
                Part.DATABASE,
                name,
                effect,
                () -> {
                  throw away();
                },
                lost));
  }

  @Override
  public <T> T read(Function<? super Stores, T> work) {
    return work.apply(stores);
  }

  @Override
  public <T> T alone(Function<? super Stores, T> work) {
    return read(work);
  }

  private static Outage away() {
    return Outage.database("the database is away", new Silence());
  }

  /** A statement of the transaction that the call is in, or one that is a transaction itself. */
  private @Nullable Object run(String name, Statements.Statement statement) {
    MemoryTransaction transaction = running.get().transaction;
    return transaction == null
        ? ask(name, () -> byItself(statement), () -> {})
        : ask(
            name,
            () -> transaction.statement(() -> statement.on(transaction.stores())),
            transaction::rollback);
  }

  private @Nullable Object byItself(Statements.Statement statement) {
    MemoryTransaction transaction = rows.begin();
    try {
      Object answer = statement.on(transaction.stores());
      transaction.commit();
      return answer;
    } finally {
      transaction.rollback();
    }
  }
}
