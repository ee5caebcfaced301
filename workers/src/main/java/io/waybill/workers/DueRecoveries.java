package io.waybill.workers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.recovery.RecoveryAnswer;
import io.waybill.core.recovery.usecase.RecoverDatasets;
import io.waybill.core.recovery.usecase.RecoverDatasets.Recovered;
import io.waybill.core.work.Pass;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with recoveries, a bounded number of datasets in each second, and one page of objects:
 * storage has better things to do. {@code recovery_datasets_by_status} is what it has counted last.
 */
final class DueRecoveries implements Round {
  static final Duration PERIOD = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(DueRecoveries.class);
  private static final Duration COUNTED_EVERY = Duration.ofSeconds(30);

  private final ProbeStorage probing;
  private final RecoverDatasets recovery;
  private final Pace pace;
  private final JobMetrics metrics;
  private final OutageLog outages;
  private long nextAt;
  private long countAt;
  private volatile @Nullable Map<RecoveryStatus, Long> counted;

  /**
   * How fast it goes.
   *
   * @param perSecond datasets that are compared in a second, at most
   */
  record Pace(int perSecond, LongSupplier nanoTime, BytesPerSecond.Rest rest) {

    /** By this machine's time. */
    static Pace of(int perSecond) {
      return new Pace(perSecond, System::nanoTime, BytesPerSecond.Rest.ASLEEP);
    }
  }

  DueRecoveries(
      StorageWork storage,
      Pace pace,
      MeterRegistry registry,
      JobMetrics metrics,
      OutageLog outages) {
    this.probing = storage.probing();
    this.recovery = storage.recovery();
    this.pace = pace;
    this.nextAt = pace.nanoTime().getAsLong();
    this.countAt = nextAt;
    this.metrics = metrics;
    this.outages = outages;
    Arrays.stream(RecoveryStatus.values())
        .filter(status -> status != RecoveryStatus.NORMAL)
        .forEach(status -> gauge(registry, status));
  }

  private void gauge(MeterRegistry registry, RecoveryStatus status) {
    Gauge.builder("recovery_datasets_by_status", () -> value(status))
        .tag("status", status.name())
        .strongReference(true)
        .register(registry);
  }

  private double value(RecoveryStatus status) {
    Map<RecoveryStatus, Long> last = counted;
    return last == null ? Double.NaN : last.getOrDefault(status, 0L);
  }

  /** Begins no sooner than a second after the last one began, however much there is to do. */
  @Override
  public Pass run() throws InterruptedException {
    pace.rest().nanos(Math.max(0, nextAt - pace.nanoTime().getAsLong()));
    nextAt = pace.nanoTime().getAsLong() + PERIOD.toNanos();
    Recovered done = recovery.handle(probing.places(), pace.perSecond());
    done.outages().forEach(this::note);
    done.reports().forEach(DueRecoveries::report);
    boolean isAtEnd = !done.reports().isEmpty();
    if (isAtEnd || pace.nanoTime().getAsLong() - countAt >= 0) {
      count();
    }
    return new Pass(done.checked(), done.more());
  }

  private void count() {
    countAt = pace.nanoTime().getAsLong() + COUNTED_EVERY.toNanos();
    try {
      counted = recovery.census();
    } catch (Outage outage) {
      counted = null;
      throw outage;
    }
  }

  private void note(Outage.Storage outage) {
    metrics.oneWentWrong();
    outages.met(outage.code(), outage.what());
  }

  private static void report(RecoveryAnswer done) {
    LOG.atInfo()
        .setMessage(
            "recover: {} of {} datasets have their objects; {} miss theirs, {} are metadata only,"
                + " {} have an object that they do not know; {} of {} objects are nobody's")
        .addArgument(done.verifiedCount() + done.unfinishedCount())
        .addArgument(done.datasetCount())
        .addArgument(done.missingObjectCount())
        .addArgument(done.metadataOnlyCount())
        .addArgument(done.objectOnlyCount())
        .addArgument(done.unclaimedObjectCount())
        .addArgument(done.objectCount())
        .addKeyValue("operation", "recover")
        .addKeyValue("recovery_id", done.recoveryId())
        .log();
  }
}
