package io.waybill.simulator;

import io.waybill.simulator.Question.Part;
import java.util.List;

/** How bad a life is: the odds of everything that breaks, drawn once for each life. */
final class Weather {

  /** What may become of one question. */
  enum Fate {
    GOES_WELL,
    /** It does not happen, and nobody says so. */
    NO_EFFECT,
    /** It happens, and nobody says so. */
    NO_ANSWER,
    /** Its caller is told nothing, and later it happens all the same. */
    LATE,
    /** The store does not let us in: a key is being rotated, a clock is wrong. */
    REFUSED
  }

  /** All but the first. */
  static final List<Fate> BAD = List.of(Fate.NO_EFFECT, Fate.NO_ANSWER, Fate.LATE, Fate.REFUSED);

  private final Dice dice;
  private final int faultOneIn;
  private final int deathOneIn;
  private final int cutOneIn;

  Weather(Dice dice) {
    this.dice = dice;
    this.faultOneIn = dice.of(List.of(100, 15, 40, 400));
    this.deathOneIn = dice.of(List.of(300, 60, 1500));
    this.cutOneIn = dice.of(List.of(2000, 200));
  }

  Fate fate(Question<?> question) {
    boolean bad = question.part() != Part.PROCESS && dice.oneIn(faultOneIn);
    return bad ? dice.of(BAD) : Fate.GOES_WELL;
  }

  boolean kills() {
    return dice.oneIn(deathOneIn);
  }

  boolean cuts() {
    return dice.oneIn(cutOneIn);
  }
}
