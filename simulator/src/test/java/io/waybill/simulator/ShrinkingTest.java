package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.simulator.Simulation.Plan;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

  @Test
  void only_what_breaks_it_is_left() {
    int[] choices = {5, 0, 3, 7, 7, 1, 9, 2, 7, 4, 4, 4};

    int[] shrunk = Shrinking.of(choices, 1000, row -> Arrays.stream(row).anyMatch(n -> n == 9));

    assertThat(shrunk).containsExactly(9);
  }

  @Test
  void it_stops_after_so_many_tries_with_something_that_still_breaks() {
    int[] choices = new int[64];
    Arrays.fill(choices, 1);

    int[] shrunk = Shrinking.of(choices, 3, row -> Arrays.stream(row).sum() > 20);

    assertThat(Arrays.stream(shrunk).sum()).isGreaterThan(20);
    assertThat(shrunk.length).isLessThan(64);
  }

  @Test
  void a_life_that_breaks_is_told_in_few_lines() {
    Plan lied = Plan.SMALL.with(Lying.Forgetful::new);

    List<String> story = Simulation.shortest(1, lied, 300);

    assertThat(story.getLast()).contains("left in the store");
    assertThat(story.size()).isLessThan(Lines.of(1, lied).size());
  }

  @Test
  void a_life_that_ends_well_has_no_such_story() {
    assertThat(Simulation.shortest(1, Plan.SMALL, 10)).isEmpty();
  }
}
