package io.waybill.simulator;

import java.util.Arrays;
import java.util.List;

/**
 * Chance, as a row of choices: from one 64-bit seed, or a row that is given. A choice of 0 is
 * always the harmless one, so a row with more zeros tells a simpler story.
 *
 * <p>SplitMix64 (Steele, Lea, Flood 2014), spelt out here so that a seed means the same on every
 * JDK.
 */
final class Dice {

  private final int[] given;
  private int[] chosen = new int[1024];
  private int count;
  private long state;
  private final boolean isSeeded;

  private Dice(long seed, boolean isSeeded, int... given) {
    this.state = seed;
    this.isSeeded = isSeeded;
    this.given = given;
  }

  static Dice seeded(long seed) {
    return new Dice(seed, true);
  }

  /** These choices, and after the last of them only zeros. */
  static Dice given(int... choices) {
    return new Dice(0, false, choices);
  }

  /** What was chosen so far. */
  int[] chosen() {
    return Arrays.copyOf(chosen, count);
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
    int choice = isSeeded ? (int) Long.remainderUnsigned(next(), bound) : followed() % bound;
    if (count == chosen.length) {
      chosen = Arrays.copyOf(chosen, 2 * count);
    }
    chosen[count++] = choice;
    return choice;
  }

  private int followed() {
    return count < given.length ? given[count] : 0;
  }

  /** True once in so many times. */
  boolean oneIn(int times) {
    return below(times) == times - 1;
  }

  <T> T of(List<T> items) {
    return items.get(below(items.size()));
  }
}
