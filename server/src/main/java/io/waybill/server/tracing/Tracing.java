package io.waybill.server.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.trace.Tracer;

/** The tracer of this process, until it is closed. */
public record Tracing(Tracer tracer, Runnable onClose) implements AutoCloseable {

  /** Of a process that shows no numbers either. */
  public static final Tracing NONE = new Tracing(Tracer.NONE, () -> {});

  /** Tells nobody. */
  public static Tracing off(MeterRegistry registry) {
    SpanCounters.in(registry);
    return NONE;
  }

  /** Tells this collector, whether or not it is there. */
  public static Tracing to(Collector collector, MeterRegistry registry) {
    Export export = Export.to(collector, SpanCounters.in(registry));
    return new Tracing(export.tracer(), export::close);
  }

  /** Tells what has not been told yet, if that takes no longer than a moment. */
  @Override
  public void close() {
    onClose.run();
  }
}
