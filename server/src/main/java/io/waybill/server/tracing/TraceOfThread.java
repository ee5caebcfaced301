package io.waybill.server.tracing;

import io.opentelemetry.api.trace.Span;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** The trace that the thread is in, which what it counts is an example of. */
public final class TraceOfThread implements SpanContext {

  @Override
  public @Nullable String getCurrentTraceId() {
    return isKnown() ? now().getTraceId() : null;
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    return isKnown() ? now().getSpanId() : null;
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return now().isSampled();
  }

  /** Nobody has to be told: what is sampled is told whole. */
  @Override
  public void markCurrentSpanAsExemplar() {}

  private static boolean isKnown() {
    return now().isValid();
  }

  private static io.opentelemetry.api.trace.SpanContext now() {
    return Span.current().getSpanContext();
  }
}
