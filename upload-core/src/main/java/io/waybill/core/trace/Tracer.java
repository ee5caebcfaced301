package io.waybill.core.trace;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells where the time goes, as spans: each is a stretch of a thread's time, inside the one that
 * its thread is in. A span's name is two words, {@code sql sessions.find}, and neither is ever
 * something that was sent to us. Nothing that a tracer does throws, and nobody waits for whoever is
 * told.
 */
public interface Tracer {

  /** Tells nobody, and costs nothing. */
  Tracer NONE =
      new Tracer() {
        @Override
        public Span arrived(String what, String name, @Nullable String traceparent) {
          return Span.NONE;
        }

        @Override
        public <T> T inside(String what, String name, Supplier<T> work, Predicate<T> isError) {
          return work.get();
        }
      };

  /**
   * Begins what somebody has asked for. The thread is in it until it is closed.
   *
   * @param traceparent what the caller says of the trace that this is a part of, as W3C Trace
   *     Context has it; what is null or of another form begins a trace of its own
   */
  Span arrived(String what, String name, @Nullable String traceparent);

  /**
   * Does a part of what the thread is in. In a thread that is in nothing it is done all the same,
   * and nobody is told.
   *
   * @param isError whether what came of it means that it went wrong; what is thrown always does
   */
  <T> T inside(String what, String name, Supplier<T> work, Predicate<T> isError);

  /** The same where only what is thrown is an error. */
  default <T> T inside(String what, String name, Supplier<T> work) {
    return inside(what, name, work, result -> false);
  }
}
