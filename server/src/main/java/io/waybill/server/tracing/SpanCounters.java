package io.waybill.server.tracing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of spans; the series are there where nobody is told, too. */
record SpanCounters(Counter exported, Counter overflowed, Counter refused) {

  static SpanCounters in(MeterRegistry registry) {
    return new SpanCounters(
        registry.counter("trace_spans_exported"),
        registry.counter("trace_spans_dropped", "reason", "queue_full"),
        registry.counter("trace_spans_dropped", "reason", "collector"));
  }
}
