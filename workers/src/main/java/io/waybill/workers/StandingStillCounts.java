package io.waybill.workers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.upload.StandingStill;
import io.waybill.core.upload.usecase.CountStandingStill;
import io.waybill.core.work.Pass;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code upload_sessions_standing_still} and {@code work_standing_still}: what does not get on, as
 * it was counted last, and a line in the log when that is another than before. NaN while nobody
 * knows.
 */
final class StandingStillCounts implements Round {
  private static final Logger LOG = LoggerFactory.getLogger(StandingStillCounts.class);

  private final CountStandingStill count;
  private volatile Map<StandingStill, Integer> counted = Map.of();
  private Map<StandingStill, Integer> told = Map.of();

  StandingStillCounts(CountStandingStill count, MeterRegistry registry) {
    this.count = count;
    for (StandingStill kind : StandingStill.values()) {
      String name = kind.isOfSession() ? "upload_sessions_standing_still" : "work_standing_still";
      Gauge.builder(name, this, counts -> counts.of(kind))
          .tag("kind", kind.name())
          .strongReference(true)
          .register(registry);
    }
  }

  private double of(StandingStill kind) {
    Integer last = counted.get(kind);
    return last == null ? Double.NaN : last;
  }

  @Override
  public Pass run() {
    try {
      counted = count.handle();
    } catch (Outage outage) {
      counted = Map.of();
      throw outage;
    }
    int things = counted.values().stream().mapToInt(Integer::intValue).sum();
    if (things > 0 && !counted.equals(told)) {
      LOG.atWarn()
          .setMessage("stuck: {} things do not get on: {}; docs/operations/workers.md says why")
          .addArgument(things)
          .addArgument(counted)
          .addKeyValue("operation", "stuck")
          .log();
    }
    told = counted;
    return Pass.whole(things);
  }
}
