package io.waybill.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.WorkerSetting;
import io.waybill.workers.Alarm;
import io.waybill.workers.RunOnce;
import io.waybill.workers.Watch;
import io.waybill.workers.WorkerSettings;
import io.waybill.workers.Workers;
import java.time.Duration;

/** The workers, as they are configured, wherever they run. */
public final class BackgroundWork {
  private BackgroundWork() {}

  static Workers start(
      Configuration configuration, Backbone backbone, MeterRegistry registry, Alarm news) {
    Backbone behind = backbone.inBackground();
    return Workers.start(
        settings(configuration),
        behind.useCases(),
        behind.storageWork(),
        new Watch(registry, behind.tracer()),
        news);
  }

  /** One worker at a time, for whoever asks for it. */
  public static RunOnce byHand(
      Configuration configuration, Backbone backbone, MeterRegistry registry) {
    return new RunOnce(
        settings(configuration), backbone.useCases(), backbone.storageWork(), registry);
  }

  private static WorkerSettings settings(Configuration configuration) {
    return WorkerSettings.DEFAULT
        .every(Duration.ofSeconds(configuration.number(WorkerSetting.PERIOD_SECONDS, 1, 3600)))
        .recovering(configuration.number(WorkerSetting.RECOVERED_PER_SECOND, 1, 10_000));
  }
}
