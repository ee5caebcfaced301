package io.waybill.acceptance.crash;

import io.waybill.core.Verdict;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Work;
import java.util.function.Function;

/** A database with a place to die after every commit; a claim of a worker commits by a read. */
final class PointedWork implements Work<Stores> {
  static final String COMMIT = "a commit";
  static final String READ = "a read";

  private final Work<Stores> work;
  private final FaultPoints points;

  PointedWork(Work<Stores> work, FaultPoints points) {
    this.work = work;
    this.points = points;
  }

  @Override
  public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> changes) {
    Verdict<T> verdict = work.write(changes);
    if (verdict instanceof Verdict.Ok<T>) {
      points.pass(COMMIT);
    }
    return verdict;
  }

  @Override
  public <T> T read(Function<? super Stores, T> reads) {
    T read = work.read(reads);
    points.pass(READ);
    return read;
  }
}
