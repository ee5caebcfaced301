package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Sample;
import io.waybill.benchmarks.load.Fleet.Talk;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** One measurement; requests stop when its time is over, and it ends when all are answered. */
final class Measurement {
  private final Talk talk;
  private final boolean eachAnswerAsks;
  private final long countFrom;
  private final long countUntil;
  private final long[] nanos = new long[4_000_000];
  private final AtomicLong counted = new AtomicLong();
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong slowest = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  Measurement(Talk talk, Duration warmUp, Duration time, boolean eachAnswerAsks) {
    this.talk = talk;
    this.eachAnswerAsks = eachAnswerAsks;
    this.countFrom = System.nanoTime() + warmUp.toNanos();
    this.countUntil = countFrom + time.toNanos();
  }

  Talk talk() {
    return talk;
  }

  boolean isOver() {
    return System.nanoTime() >= countUntil;
  }

  void asks() {
    asked.incrementAndGet();
  }

  /** Counts an answer; whether a further request shall follow it. */
  boolean goesOn(long since, long at) {
    slowest.accumulateAndGet(at - since, Math::max);
    if (at >= countFrom && at < countUntil) {
      nanos[Math.toIntExact(counted.getAndIncrement())] = at - since;
    }
    return eachAnswerAsks && at < countUntil;
  }

  void repeats() {
    repeated.incrementAndGet();
  }

  void answered() {
    answered.incrementAndGet();
  }

  boolean isAnswered() {
    return isOver() && unanswered() <= 0;
  }

  long unanswered() {
    return asked.get() - answered.get();
  }

  Sample sample(long failures) {
    int count = Math.toIntExact(counted.get());
    double slowestMillis = slowest.get() / 1e6;
    if (count == 0) {
      return new Sample(
          0, Double.NaN, Double.NaN, slowestMillis, answered.get(), failures, repeated.get());
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return new Sample(
        count / ((countUntil - countFrom) / 1e9),
        sorted[count / 2] / 1e6,
        sorted[(int) (count * 0.99)] / 1e6,
        slowestMillis,
        answered.get(),
        failures,
        repeated.get());
  }
}
