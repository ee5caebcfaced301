package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.trace.Span;
import io.waybill.core.trace.Tracer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What every job shows of itself: how often it ran, what it took up, what went wrong, when it went
 * well last, and to whoever watches where its time goes. A job is stuck when {@code
 * worker_last_success_timestamp_seconds} is many times {@code worker_period_seconds} ago.
 */
final class JobMetrics {
  private final Tracer tracer;
  private final String job;
  private final Counter runs;
  private final Counter items;
  private final Counter errors;
  private static final double PERIODS = 10;
  private static final double GRACE_SECONDS = 60;

  private final double began = now();
  private final double periodSeconds;
  private volatile double lastSuccess = Double.NaN;

  JobMetrics(Watch watch, String job, Duration period) {
    MeterRegistry registry = watch.registry();
    this.tracer = watch.tracer();
    this.job = job;
    this.runs = registry.counter("worker_runs", "worker", job);
    this.items = registry.counter("worker_items", "worker", job);
    this.errors = registry.counter("worker_errors", "worker", job);
    gauge(registry, "worker_last_success_timestamp_seconds", job, () -> lastSuccess);
    this.periodSeconds = period.toMillis() / 1e3;
    gauge(registry, "worker_period_seconds", job, () -> periodSeconds);
  }

  private static void gauge(
      MeterRegistry registry, String name, String job, Supplier<Number> value) {
    Gauge.builder(name, value).tag("worker", job).strongReference(true).register(registry);
  }

  /** What its thread does until the end is done for it. */
  Span begun() {
    return tracer.arrived("worker", job, null);
  }

  /** A round went well. */
  void wentWell(int taken) {
    runs.increment();
    items.increment(taken);
    lastSuccess = now();
  }

  /** A round did not. */
  void wentWrong() {
    runs.increment();
    errors.increment();
  }

  /** One thing that a round has taken up did not. */
  void oneWentWrong() {
    errors.increment();
  }

  /** Whether it has not gone well for ten periods and a minute. */
  boolean isStuck() {
    double since = Double.isNaN(lastSuccess) ? began : lastSuccess;
    return now() - since > PERIODS * periodSeconds + GRACE_SECONDS;
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  double items() {
    return items.count();
  }

  double errors() {
    return errors.count();
  }
}
