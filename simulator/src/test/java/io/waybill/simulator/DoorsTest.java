package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.simulator.Simulation.Plan;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Some lives go through the real doors; a fault behind a door is found there. */
class DoorsTest {

  private static final int LIVES = 400;

  @Test
  void robots_take_every_road_and_are_served_on_each() {
    Tally tally = new Tally();

    Set<String> roads =
        LongStream.rangeClosed(1, LIVES)
            .mapToObj(seed -> Lines.of(seed, Plan.SMALL, tally).getFirst())
            .map(line -> line.substring(line.lastIndexOf(' ') + 1))
            .collect(Collectors.toSet());

    assertThat(roads).containsExactlyInAnyOrder("STRAIGHT", "MQTT", "HTTP");
    assertThat(tally.reached().toString()).contains("is asked to COMPLETE of ");
  }
}
