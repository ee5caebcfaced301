package io.waybill.simulator;

/** Decides what nobody knows beforehand; the same seed decides the same. */
@FunctionalInterface
public interface Chance {

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound);

  /** True once in so many times. */
  default boolean oneIn(int times) {
    return below(times) == 0;
  }
}
