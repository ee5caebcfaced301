package io.waybill.testkit.simulation;

import java.util.List;

/**
 * Chance from one 64-bit seed: SplitMix64 (Steele, Lea, Flood 2014), spelt out here so that a seed
 * means the same on every JDK.
 */
final class Dice {

  private long state;

  Dice(long seed) {
    this.state = seed;
  }

  private long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(next(), bound);
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return below(times) == 0;
  }

  <T> T of(List<T> items) {
    return items.get(below(items.size()));
  }
}
