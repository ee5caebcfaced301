package io.waybill.simulator;

import io.waybill.simulator.Simulation.Plan;

/** Lives until one breaks; loaded beside the code that is broken. */
public final class LivesUntilBroken {

  private LivesUntilBroken() {}

  /** The seed of the first life that breaks, from 1 on; 0 when {@code most} end well. */
  public static int of(int most, String way) {
    for (int seed = 1; seed <= most; seed++) {
      if (Simulation.live(seed, Plan.SMALL.over(Way.valueOf(way)), new Tally()).isPresent()) {
        return seed;
      }
    }
    return 0;
  }
}
