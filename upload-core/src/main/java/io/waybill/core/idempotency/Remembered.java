package io.waybill.core.idempotency;

import java.util.function.UnaryOperator;

/**
 * A use case that remembers its answers.
 *
 * @param name in records and fingerprints; never changes
 * @param type of its answers; its component names are in records, so they never change either
 * @param kept what of an answer is kept: no URL, no secret
 */
public record Remembered<A>(String name, Class<A> type, UnaryOperator<A> kept) {

  /** One whose answers are kept as they are. */
  public Remembered(String name, Class<A> type) {
    this(name, type, UnaryOperator.identity());
  }
}
