package io.waybill.workers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.delivery.usecase.CountBacklog;
import io.waybill.core.delivery.usecase.CountBacklog.Counted;
import io.waybill.core.work.Pass;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * {@code outbox_events_pending} and {@code outbox_oldest_age_seconds} over all sinks, as they were
 * counted last: a scrape asks nothing of the database. NaN while nobody knows.
 */
final class Backlogs implements Round {

  private final CountBacklog count;
  private volatile List<Counted> counted = List.of();
  private volatile boolean isKnown;

  Backlogs(CountBacklog count, MeterRegistry registry) {
    this.count = count;
    gauge(registry, "outbox_events_pending", one -> one.pending());
    gauge(registry, "outbox_oldest_age_seconds", one -> one.oldest().toMillis() / 1e3);
  }

  private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Counted> of) {
    Gauge.builder(name, this, backlogs -> backlogs.most(of))
        .strongReference(true)
        .register(registry);
  }

  private double most(ToDoubleFunction<Counted> of) {
    return isKnown ? counted.stream().mapToDouble(of).max().orElse(0) : Double.NaN;
  }

  @Override
  public Pass run() {
    try {
      counted = count.handle();
      isKnown = true;
    } catch (Outage outage) {
      isKnown = false;
      throw outage;
    }
    return Pass.whole(counted.size());
  }
}
