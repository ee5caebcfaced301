package io.waybill.simulator;

import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Makes a row of choices shorter and emptier as long as it breaks the same thing: whole stretches
 * are left out or set to zero, long ones first (after Zeller and Hildebrandt's delta debugging, on
 * choices instead of input as MacIver's Hypothesis does it).
 */
final class Shrinking {

  private final Predicate<int[]> breaks;
  private int tries;
  private int[] best;

  private Shrinking(int[] choices, int tries, Predicate<int[]> breaks) {
    this.best = choices;
    this.tries = tries;
    this.breaks = breaks;
  }

  /**
   * @param tries how many rows to try at most
   * @param breaks whether a row still breaks what it is about
   */
  static int[] of(int[] choices, int tries, Predicate<int[]> breaks) {
    return new Shrinking(choices, tries, breaks).shrunk();
  }

  private int[] shrunk() {
    for (int length = best.length / 2; length > 0 && tries > 0; length /= 2) {
      for (int from = 0; from < best.length && tries > 0; ) {
        boolean simpler = accepts(without(from, length)) || accepts(zeroed(from, length));
        from += simpler && from + length <= best.length ? 0 : length;
        if (simpler && isZero(from, length)) {
          from += length;
        }
      }
    }
    return best;
  }

  private boolean accepts(int[] candidate) {
    if (tries == 0 || Arrays.equals(candidate, best)) {
      return false;
    }
    tries--;
    if (!breaks.test(candidate)) {
      return false;
    }
    best = candidate;
    return true;
  }

  private int[] without(int from, int length) {
    int until = Math.min(best.length, from + length);
    int[] rest = Arrays.copyOf(best, best.length - (until - from));
    System.arraycopy(best, until, rest, from, best.length - until);
    return rest;
  }

  private int[] zeroed(int from, int length) {
    int[] zeros = best.clone();
    Arrays.fill(zeros, from, Math.min(best.length, from + length), 0);
    return zeros;
  }

  private boolean isZero(int from, int length) {
    for (int i = from; i < Math.min(best.length, from + length); i++) {
      if (best[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
