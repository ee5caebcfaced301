package io.waybill.server.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The use case at work for what has arrived, as one span around all that it asks of the database
 * and the store: from its first call until its last one is back. Which one it is stands on the
 * stack of the thread; it is looked for there, so that no use case need know of this, and only
 * where somebody is told.
 */
final class UseCaseInHand {
  private static final ContextKey<UseCaseInHand> KEY = ContextKey.named("waybill-use-case");
  private static final StackWalker STACK = StackWalker.getInstance();
  private static final String CORE = "io.waybill.core.";
  private static final String USE_CASES = ".usecase.";

  private final Span arrived;
  private @Nullable String name;
  private @Nullable Span span;
  private long lastBack;

  UseCaseInHand(Span arrived) {
    this.arrived = arrived;
  }

  /** What the thread is in from now on, with the use cases that it will be in. */
  Context within(Context context) {
    return context.with(arrived).with(KEY, this);
  }

  /**
   * The one for a call that is made right below what has arrived; null for a call inside another.
   */
  static @Nullable UseCaseInHand of(Context context) {
    UseCaseInHand known = context.get(KEY);
    return known != null && Span.fromContext(context).equals(known.arrived) ? known : null;
  }

  /** Where the next call belongs. */
  Context parent(Context context, Function<String, SpanBuilder> named) {
    String now = onStack();
    if (!Objects.equals(now, name)) {
      end();
      name = now;
      span = now == null ? null : named.apply(now).setParent(context).startSpan();
    }
    return span == null ? context : context.with(span);
  }

  /** A call is back. */
  void back(long nanos) {
    lastBack = nanos;
  }

  /** Nothing more will be asked. */
  void end() {
    if (span != null) {
      span.end(lastBack, TimeUnit.NANOSECONDS);
      span = null;
    }
  }

  /** The outermost use case, by the name of its class: others may work for it. */
  private static @Nullable String onStack() {
    return STACK.walk(frames ->
        frames
            .map(StackWalker.StackFrame::getClassName)
            .filter(type -> type.startsWith(CORE) && type.contains(USE_CASES))
            .reduce((inner, outer) -> outer)
            .map(UseCaseInHand::simple)
            .orElse(null));
  }

  private static String simple(String type) {
    String own = type.substring(type.indexOf(USE_CASES) + USE_CASES.length());
    int nested = own.indexOf('$');
    return nested < 0 ? own : own.substring(0, nested);
  }
}
