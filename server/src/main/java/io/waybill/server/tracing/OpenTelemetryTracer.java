package io.waybill.server.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.Clock;
import io.waybill.core.trace.Tracer;
import io.waybill.doors.TraceParent;
import io.waybill.server.logging.Redaction;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Tells OpenTelemetry; whatever a thread logs while it is in a trace carries its id. */
final class OpenTelemetryTracer implements Tracer {
  private static final String ERROR_TYPE = "error.type";
  private static final String TRACE_ID = "trace_id";
  private static final String USE_CASE = "usecase";
  private static final Clock CLOCK = Clock.getDefault();

  private final io.opentelemetry.api.trace.Tracer library;

  OpenTelemetryTracer(io.opentelemetry.api.trace.Tracer library) {
    this.library = library;
  }

  @Override
  public io.waybill.core.trace.Span arrived(
      String what, String name, @Nullable String traceparent) {
    Context caller =
        Optional.ofNullable(traceparent)
            .flatMap(TraceParent::read)
            .map(OpenTelemetryTracer::context)
            .orElseGet(Context::root);
    return new Arrived(span(what, name).setParent(caller).startSpan());
  }

  private static Context context(TraceParent caller) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    caller.traceId(),
                    caller.spanId(),
                    caller.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                    TraceState.getDefault())));
  }

  @Override
  public <T> T inside(String what, String name, Supplier<T> work, Predicate<T> isError) {
    Context context = Context.current();
    if (!Span.fromContext(context).isRecording()) {
      return work.get();
    }
    UseCaseInHand useCase = UseCaseInHand.of(context);
    if (useCase == null) {
      return in(span(what, name).startSpan(), work, isError);
    }
    Context parent = useCase.parent(context, called -> span(USE_CASE, called));
    try {
      return in(span(what, name).setParent(parent).startSpan(), work, isError);
    } finally {
      useCase.back(CLOCK.now());
    }
  }

  private static <T> T in(Span span, Supplier<T> work, Predicate<T> isError) {
    try (Scope _ = span.makeCurrent()) {
      T result = work.get();
      if (isError.test(result)) {
        span.setStatus(StatusCode.ERROR);
      }
      return result;
    } catch (RuntimeException | Error e) {
      // its message may say anything
      fail(span, e.getClass().getSimpleName());
      throw e;
    } finally {
      span.end();
    }
  }

  private SpanBuilder span(String what, String name) {
    return library
        .spanBuilder(what + " " + name)
        .setSpanKind(
            switch (what) {
              case "sql", "s3", "deliver" -> SpanKind.CLIENT;
              case USE_CASE, "worker" -> SpanKind.INTERNAL;
              default -> SpanKind.SERVER;
            });
  }

  private static void fail(Span span, String why) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute(ERROR_TYPE, why);
  }

  /** What a thread is in until it closes it. */
  private static final class Arrived implements io.waybill.core.trace.Span {
    private final Span span;
    private final UseCaseInHand useCase;
    private final Scope scope;

    @SuppressWarnings("MustBeClosedChecker") // it is closed with this
    Arrived(Span span) {
      this.span = span;
      this.useCase = new UseCaseInHand(span);
      this.scope = useCase.within(Context.root()).makeCurrent();
      MDC.put(TRACE_ID, span.getSpanContext().getTraceId());
    }

    @Override
    public void about(String key, Object value) {
      if (value instanceof Integer || value instanceof Long) {
        span.setAttribute(key, ((Number) value).longValue());
      } else {
        span.setAttribute(key, Redaction.of(value.toString()));
      }
    }

    @Override
    public void failed(String why) {
      fail(span, why);
    }

    @Override
    public Optional<String> traceId() {
      return Optional.of(span.getSpanContext().getTraceId());
    }

    @Override
    public void close() {
      MDC.remove(TRACE_ID);
      useCase.end();
      scope.close();
      span.end();
    }
  }
}
