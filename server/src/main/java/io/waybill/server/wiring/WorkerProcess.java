package io.waybill.server.wiring;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.doors.Probes;
import io.waybill.doors.Readiness;
import io.waybill.postgres.OutboxListener;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.Port;
import io.waybill.server.config.WorkerSetting;
import io.waybill.workers.Alarm;
import io.waybill.workers.Workers;
import java.time.Duration;

/** The workers alone, with their probes, as one running thing. */
public final class WorkerProcess implements AutoCloseable {
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(1);

  private final Backbone backbone;
  private final Probes probes;
  private final Workers workers;
  private final OutboxListener listener;

  private WorkerProcess(
      Backbone backbone, Probes probes, Workers workers, OutboxListener listener) {
    this.listener = listener;
    this.backbone = backbone;
    this.probes = probes;
    this.workers = workers;
  }

  /**
   * Starts, whether or not control-api runs workers, too; the database and the store may come
   * later.
   */
  public static WorkerProcess start(Configuration configuration) {
    ProductionRules.check(configuration);
    String host = configuration.text(WorkerSetting.HTTP_HOST);
    int port = probePort(configuration).claim(host);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Backbone backbone = Backbone.open(configuration, new FactMetrics(registry)).measured(registry);
    try {
      Readiness readiness = new Readiness(backbone.checks(), CHECK_LIMIT);
      Probes probes = Probes.start(host, port, readiness, registry::scrape);
      Alarm news = new Alarm();
      return new WorkerProcess(
          backbone,
          probes,
          BackgroundWork.start(configuration, backbone, backbone.useCases(), registry, news),
          backbone.listening(news::ring));
    } catch (RuntimeException | Error e) {
      backbone.close();
      throw e;
    }
  }

  private static Port probePort(Configuration configuration) {
    return new Port(
        configuration.port(WorkerSetting.HTTP_PORT),
        "the workers' probes",
        WorkerSetting.HTTP_PORT.variable());
  }

  public int probePort() {
    return probes.port();
  }

  /** Begins nothing new, and ends when what is under way has ended, or after a grace. */
  @Override
  public void close() {
    listener.close();
    workers.close();
    probes.close();
    backbone.close();
  }
}
