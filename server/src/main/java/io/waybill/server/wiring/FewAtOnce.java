package io.waybill.server.wiring;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.work.Work;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The same work, of which so many units are under way at once; the others wait in the order in
 * which they came. For what nobody waits for: it shares a database with those whom somebody does
 * wait for, and never takes all the connections from them.
 *
 * @param <S> the stores that work sees
 */
public final class FewAtOnce<S> implements Work<S> {
  private final Work<S> work;
  private final Semaphore turns;
  private final Duration patience;

  /**
   * At most so many units at once.
   *
   * @param most one or more
   * @param patience how long one waits for its turn before it is an outage, as for a connection
   */
  public FewAtOnce(Work<S> work, int most, Duration patience) {
    this.work = work;
    this.turns = new Semaphore(most, true);
    this.patience = patience;
  }

  @Override
  public <T> Verdict<T> write(Function<? super S, Verdict<T>> unit) {
    return inTurn(() -> work.write(unit));
  }

  @Override
  public <T> T commit(Function<? super S, T> unit) {
    return inTurn(() -> work.commit(unit));
  }

  @Override
  public <T> T read(Function<? super S, T> unit) {
    return inTurn(() -> work.read(unit));
  }

  @Override
  public <T> T alone(Function<? super S, T> unit) {
    return inTurn(() -> work.alone(unit));
  }

  /** Waits for nothing: it is a last wish. */
  @Override
  public void eventually(Duration patience, Consumer<? super S> unit) {
    work.eventually(patience, unit);
  }

  private <T> T inTurn(Supplier<T> unit) {
    try {
      if (!turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw Outage.database("other background work has the database", new TimeoutException());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Outage.database("interrupted before its turn", e);
    }
    try {
      return unit.get();
    } finally {
      turns.release();
    }
  }
}
