package io.waybill.agent.control;

import io.waybill.wire.ErrorBody;

/** What the server said. */
public sealed interface Answer<R> {

  /** It did what was asked. */
  record Done<R>(R result) implements Answer<R> {}

  /** It did not, and says why. */
  record Refused<R>(ErrorBody error) implements Answer<R> {}
}
