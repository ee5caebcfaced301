package io.waybill.server.wiring;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.TracesSetting;
import io.waybill.server.tracing.TraceOfThread;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where a process counts. */
final class Meters {
  private Meters() {}

  /** A duration remembers a trace that was as slow, where traces are told to anybody. */
  static PrometheusMeterRegistry of(Configuration configuration) {
    return configuration.text(TracesSetting.ENDPOINT).isEmpty()
        ? new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)
        : new PrometheusMeterRegistry(
            new OnBucketsAlone(), new PrometheusRegistry(), Clock.SYSTEM, new TraceOfThread());
  }

  /** An exemplar of a whole count is none of OpenMetrics 1.0, and Prometheus refuses the page. */
  private static final class OnBucketsAlone implements PrometheusConfig {
    private final Properties properties = new Properties();

    OnBucketsAlone() {
      properties.setProperty("io.prometheus.exporter.exemplars_on_all_metric_types", "false");
    }

    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      return properties;
    }
  }
}
