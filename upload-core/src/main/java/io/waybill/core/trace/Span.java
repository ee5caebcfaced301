package io.waybill.core.trace;

import java.util.Optional;

/**
 * A stretch of one thread's time that somebody outside has asked for. It begins when it is made and
 * ends when it is closed, by the same thread.
 */
public interface Span extends AutoCloseable {

  /** Of a tracer that tells nobody. */
  Span NONE =
      new Span() {
        @Override
        public void about(String key, Object value) {}

        @Override
        public void failed(String why) {}

        @Override
        public Optional<String> traceId() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  /**
   * Says something more of it.
   *
   * @param key in lower case, with dots and underscores
   * @param value an id, a number or a word of ours: never a secret, a URL, an object's key or a
   *     text that somebody sent
   */
  void about(String key, Object value);

  /**
   * It went wrong on our side.
   *
   * @param why a word of ours: an error code, the name of an exception's class; never its message
   */
  void failed(String why);

  /** The trace that it is part of, 32 hexadecimal digits; empty where nobody is told. */
  Optional<String> traceId();

  @Override
  void close();
}
