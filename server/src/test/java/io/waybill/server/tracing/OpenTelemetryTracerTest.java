package io.waybill.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.waybill.core.trace.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What is told of what happens, and how much of it may wait. */
class OpenTelemetryTracerTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";

  private final Taken taken = new Taken();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder()
          .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
          .addSpanProcessor(SpanQueue.before(taken, SpanCounters.in(registry)))
          .build();
  private final OpenTelemetryTracer tracer = new OpenTelemetryTracer(provider.get("test"));

  /** Takes what it is given; while it is shut, nothing comes out of the queue. */
  private static final class Taken implements SpanExporter {
    private final List<SpanData> spans = new ArrayList<>();
    private final CompletableResultCode first = new CompletableResultCode();
    private volatile boolean isShut;

    @Override
    public synchronized CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
      return isShut ? first : CompletableResultCode.ofSuccess();
    }

    synchronized Map<String, SpanData> byName() {
      return spans.stream().collect(Collectors.toMap(SpanData::getName, Function.identity()));
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private Map<String, SpanData> told() {
    provider.forceFlush().join(1, TimeUnit.MINUTES);
    return taken.byName();
  }

  private SpanData told(String name) {
    return Objects.requireNonNull(told().get(name));
  }

  @Test
  void what_is_done_inside_hangs_on_what_arrived_and_that_on_its_caller() {
    try (Span _ = tracer.arrived("GET", "/v1/x", "00-" + TRACE + "-" + CALLER + "-01")) {
      assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
      assertThat(tracer.inside("sql", "x.find", () -> 7)).isEqualTo(7);
    }

    SpanData arrived = told("GET /v1/x");
    SpanData inside = told("sql x.find");
    assertThat(arrived.getTraceId()).isEqualTo(TRACE);
    assertThat(arrived.getParentSpanId()).isEqualTo(CALLER);
    assertThat(inside.getParentSpanId()).isEqualTo(arrived.getSpanId());
    assertThat(MDC.get("trace_id")).isNull();
    assertThat(registry.counter("trace_spans_exported").count()).isEqualTo(2);
  }

  @Test
  void what_is_done_in_nothing_or_is_not_told_by_its_caller_is_not_told() {
    assertThat(tracer.inside("sql", "x.find", () -> 7)).isEqualTo(7);
    try (Span span = tracer.arrived("GET", "/v1/x", "00-" + TRACE + "-" + CALLER + "-00")) {
      assertThat(tracer.inside("sql", "x.find", () -> 7)).isEqualTo(7);
      assertThat(span.traceId()).contains(TRACE);
    }

    assertThat(told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "01-" + TRACE + "-" + CALLER + "-00",
        "00-00000000000000000000000000000000-" + CALLER + "-00",
        "00-" + TRACE + "-0000000000000000-00"
      })
  void what_is_no_traceparent_begins_a_trace_here(String traceparent) {
    try (Span span = tracer.arrived("GET", "/v1/x", traceparent)) {
      assertThat(span.traceId().orElseThrow()).hasSize(32).isNotEqualTo(TRACE);
    }

    assertThat(told()).containsOnlyKeys("GET /v1/x");
  }

  @Test
  void an_error_is_told_by_its_kind_and_never_in_its_words() {
    try (Span span = tracer.arrived("GET", "/v1/x", null)) {
      assertThatThrownBy(() ->
              tracer.inside(
                  "s3",
                  "head",
                  () -> {
                    throw new IllegalStateException("https://store/bucket/key");
                  }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(tracer.inside("s3", "copy", () -> "no", "no"::equals)).isEqualTo("no");
      span.about("waybill.note", "https://store/key?X-Amz-Signature=abc");
    }

    SpanData head = told("s3 head");
    assertThat(head.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(head.getAttributes().asMap())
        .containsOnly(Map.entry(AttributeKey.stringKey("error.type"), "IllegalStateException"));
    assertThat(head.getEvents()).isEmpty();
    assertThat(told("s3 copy").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(told("GET /v1/x").getAttributes().toString()).doesNotContain("Signature");
  }

  @Test
  void what_finds_no_room_is_dropped_and_counted_and_nobody_waits() {
    taken.isShut = true;
    int many = 3 * SpanQueue.ROOM;

    for (int i = 0; i < many; i++) {
      tracer.arrived("GET", "/v1/" + i, null).close();
    }

    double dropped = registry.counter("trace_spans_dropped", "reason", "queue_full").count();
    assertThat(dropped).isBetween(1.0 * SpanQueue.ROOM, 2.0 * SpanQueue.ROOM);
    taken.isShut = false;
    taken.first.fail();
    assertThat(told().size()).isEqualTo(many - (int) dropped);
    assertThat(registry.counter("trace_spans_dropped", "reason", "collector").count()).isPositive();
  }
}
