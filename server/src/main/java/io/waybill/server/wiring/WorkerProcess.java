package io.waybill.server.wiring;

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
import java.util.ArrayList;
import java.util.List;

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
    PrometheusMeterRegistry registry = Meters.of(configuration);
    Backbone backbone =
        Backbone.open(configuration, new FactMetrics(registry)).measured(registry, "worker");
    Alarm news = new Alarm();
    Workers workers = BackgroundWork.start(configuration, backbone, registry, news);
    try {
      List<Readiness.Check> checks = new ArrayList<>(backbone.checks());
      checks.add(new Readiness.Check("workers", workers::check));
      Probes probes =
          Probes.start(host, port, new Readiness(checks, CHECK_LIMIT), registry::scrape);
      return new WorkerProcess(backbone, probes, workers, backbone.listening(news::ring));
    } catch (RuntimeException | Error e) {
      workers.close();
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
