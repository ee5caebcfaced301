package io.waybill.server.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spans that wait for the collector: so many and no more. Whoever ends a span never waits; what
 * finds no room is dropped, and counted. The library's own queue counts what it drops for its own
 * metrics only, so the room is counted here and that queue is never full.
 */
final class SpanQueue implements SpanProcessor {
  static final int ROOM = 4096;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_EXPORT = Duration.ofSeconds(15);

  private final AtomicInteger waiting = new AtomicInteger();
  private final SpanProcessor batches;
  private final SpanCounters counters;

  private SpanQueue(SpanExporter exporter, SpanCounters counters) {
    this.counters = counters;
    this.batches =
        BatchSpanProcessor.builder(new Counted(exporter))
            .setMaxQueueSize(ROOM)
            .setScheduleDelay(PAUSE)
            .setExporterTimeout(LONGEST_EXPORT)
            .build();
  }

  static SpanQueue before(SpanExporter exporter, SpanCounters counters) {
    return new SpanQueue(exporter, counters);
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (!span.getSpanContext().isSampled()) {
      return;
    }
    if (waiting.incrementAndGet() > ROOM) {
      waiting.decrementAndGet();
      counters.overflowed().increment();
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  /** What comes out of the queue, and what the collector made of it. */
  private final class Counted implements SpanExporter {
    private final SpanExporter exporter;

    Counted(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int number = spans.size();
      waiting.addAndGet(-number);
      CompletableResultCode result = exporter.export(spans);
      return result.whenComplete(
          () -> (result.isSuccess() ? counters.exported() : counters.refused()).increment(number));
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
