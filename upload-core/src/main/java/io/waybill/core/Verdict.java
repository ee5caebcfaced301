package io.waybill.core;

import java.util.function.Function;

/**
 * What a rule or a use case decided: the thing asked for, or a refusal that says why. A refusal is
 * a value; an outage is an exception; a bug crashes.
 */
public sealed interface Verdict<T> {

  /** The thing asked for. */
  record Ok<T>(T value) implements Verdict<T> {}

  /** No, and why. */
  record Refused<T>(Refusal refusal) implements Verdict<T> {}

  static <T> Verdict<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> Verdict<T> refused(ErrorCode code, String message) {
    return new Refused<>(Refusal.of(code, message));
  }

  static <T> Verdict<T> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }

  /** Goes on with the value, or passes the refusal along. */
  default <U> Verdict<U> then(Function<? super T, Verdict<U>> next) {
    return switch (this) {
      case Ok<T>(T value) -> next.apply(value);
      case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
    };
  }

  /** Turns the value into another one, or passes the refusal along. */
  default <U> Verdict<U> map(Function<? super T, U> change) {
    return then(value -> ok(change.apply(value)));
  }
}
