package io.waybill.server.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.waybill.core.trace.Tracer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The library, as we use it: spans go out in the background, in batches, by OTLP over HTTP. */
record Export(SdkTracerProvider provider) implements AutoCloseable {
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  static Export to(Collector collector, SpanCounters counters) {
    SpanQueue queue = SpanQueue.before(exporter(collector), counters);
    return new Export(
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(
                                AttributeKey.stringKey("service.name"), collector.service()))))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(collector.sample())))
            .addSpanProcessor(queue)
            .build());
  }

  private static SpanExporter exporter(Collector collector) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.address().toString())
            .setCompression("gzip")
            .setTimeout(ANSWER_WAIT);
    if (collector.trust() != null) {
      believe(exporter, collector.trust());
    }
    return exporter.build();
  }

  private static void believe(OtlpHttpSpanExporterBuilder exporter, TrustManagerFactory trust) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(null, trust.getTrustManagers(), null);
      for (TrustManager manager : trust.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          exporter.setSslContext(tls, x509);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  Tracer tracer() {
    return new OpenTelemetryTracer(provider.get("io.waybill"));
  }

  @Override
  public void close() {
    provider.shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
  }
}
