package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What every job shows of itself: how often it ran, what it took up, what went wrong, and when it
 * went well last. A job is stuck when {@code worker_last_success_timestamp_seconds} is many times
 * {@code worker_period_seconds} ago.
 */
final class JobMetrics {
  private final Counter runs;
  private final Counter items;
  private final Counter errors;
  private volatile double lastSuccess = Double.NaN;

  JobMetrics(MeterRegistry registry, String job, Duration period) {
    this.runs = registry.counter("worker_runs", "job", job);
    this.items = registry.counter("worker_items", "job", job);
    this.errors = registry.counter("worker_errors", "job", job);
    gauge(registry, "worker_last_success_timestamp_seconds", job, () -> lastSuccess);
    double seconds = period.toMillis() / 1e3;
    gauge(registry, "worker_period_seconds", job, () -> seconds);
  }

  private static void gauge(
      MeterRegistry registry, String name, String job, Supplier<Number> value) {
    Gauge.builder(name, value).tag("job", job).strongReference(true).register(registry);
  }

  /** A round went well. */
  void wentWell(int taken) {
    runs.increment();
    items.increment(taken);
    lastSuccess = System.currentTimeMillis() / 1e3;
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

  double items() {
    return items.count();
  }

  double errors() {
    return errors.count();
  }
}
