package io.waybill.workers;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.device.FleetCount;
import io.waybill.core.device.usecase.CountDevices;
import io.waybill.core.work.Pass;
import java.time.Duration;

/**
 * {@code devices_online}, and {@code device_last_seen_age_seconds}: each period every device that
 * was ever heard is one observation of how long it is silent, so the share of a bucket's rate is
 * the share of the fleet, however many processes count.
 */
final class FleetCounts implements Round {
  private final CountDevices count;
  private final DistributionSummary silence;
  private volatile double online = Double.NaN;

  FleetCounts(CountDevices count, MeterRegistry registry) {
    this.count = count;
    Gauge.builder("devices_online", this, counts -> counts.online)
        .strongReference(true)
        .register(registry);
    this.silence =
        DistributionSummary.builder("device_last_seen_age_seconds")
            .serviceLevelObjectives(
                FleetCount.BOUNDS.stream().mapToDouble(Integer::doubleValue).toArray())
            .register(registry);
  }

  @Override
  public Pass run() {
    FleetCount fleet;
    try {
      fleet = count.handle();
    } catch (Outage outage) {
      online = Double.NaN;
      throw outage;
    }
    online = fleet.online();
    fleet.heard().forEach(this::observe);
    return Pass.whole(fleet.heard().stream().mapToInt(FleetCount.Heard::devices).sum());
  }

  private void observe(FleetCount.Heard heard) {
    double seconds = heard.silence().toNanos() / (double) Duration.ofSeconds(1).toNanos();
    for (int device = 0; device < heard.devices(); device++) {
      silence.record(seconds);
    }
  }
}
