package io.waybill.testkit.simulation;

import io.waybill.testkit.simulation.Simulation.Plan;
import java.util.ArrayList;
import java.util.List;

/** A life's story, line by line. */
final class Lines {

  private Lines() {}

  static List<String> of(long seed, Plan plan) {
    List<String> story = new ArrayList<>();
    Simulation.live(seed, plan.told(story::add), new Tally());
    return story;
  }
}
