package io.waybill.simulator;

import io.waybill.simulator.Simulation.Plan;
import java.util.ArrayList;
import java.util.List;

/** A life's story, line by line. */
final class Lines {

  private Lines() {}

  static List<String> of(long seed, Plan plan) {
    return of(seed, plan, new Tally());
  }

  static List<String> of(long seed, Plan plan, Tally tally) {
    List<String> story = new ArrayList<>();
    Simulation.live(seed, plan.told(story::add), tally);
    return story;
  }
}
