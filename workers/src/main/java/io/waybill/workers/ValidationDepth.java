package io.waybill.workers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.dataset.ValidationQueue.Depth;
import io.waybill.core.validation.usecase.ValidateDatasets;
import io.waybill.core.work.Pass;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code validation_queue_depth} and the age of the oldest in it, as they were counted last. Every
 * process with workers counts the same: the value is the maximum over processes, and NaN while
 * nobody knows.
 */
final class ValidationDepth implements Round {
  private final ValidateDatasets validate;
  private final InstantSource time;
  private volatile @Nullable Depth counted;

  ValidationDepth(ValidateDatasets validate, MeterRegistry registry, InstantSource time) {
    this.validate = validate;
    this.time = time;
    gauge(registry, "validation_queue_depth", Depth::waiting);
    gauge(registry, "validation_queue_oldest_age_seconds", this::age);
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Depth> value) {
    Gauge.builder(
            name,
            () -> {
              Depth last = counted;
              return last == null ? Double.NaN : value.applyAsDouble(last);
            })
        .strongReference(true)
        .register(registry);
  }

  private double age(Depth depth) {
    Instant oldest = depth.oldest();
    return oldest == null ? 0 : Duration.between(oldest, time.instant()).toMillis() / 1e3;
  }

  @Override
  public Pass run() {
    try {
      Depth now = validate.depth();
      counted = now;
      return Pass.whole(Math.toIntExact(now.waiting()));
    } catch (Outage outage) {
      counted = null;
      throw outage;
    }
  }
}
