package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.controlapi.Ears.Block;
import io.waybill.controlapi.live.EventStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More happens than somebody reads. */
@Timeout(120)
class SlowFollowerTest {

  // More than the buffers of both ends hold, ours not counted.
  private static final int EVENTS = 800;
  private static final String LONG = "x".repeat(32 << 10);

  private final TestWorld world =
      new TestWorld(
          ApiSettings.DEFAULT.streaming(new EventStreams.Sizes(10, 10, 8, Duration.ofSeconds(60))));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void who_does_not_read_is_let_go_and_comes_again_without_having_missed_anything() {
    List<Block> heard = new ArrayList<>();
    try (Ears slow = Ears.open(world, TestWorld.VIEWER)) {
      assertThat(slow.next()).isNotNull();
      Happenings.one(world, 1, LONG);
      world.api.wake();
      heard.add(slow.event());
      for (int number = 2; number <= EVENTS; number++) {
        Happenings.one(world, number, LONG);
        world.api.wake();
      }
      heard.addAll(slow.rest());
    }
    assertThat(heard).hasSizeBetween(1, EVENTS - 1);
    await().until(() -> world.registry.get("sse_streams_cut_off").counter().count() == 1);
    try (Ears again = Ears.open(world, TestWorld.VIEWER, TestWorld.PROJECT, heard.getLast().id())) {
      heard.addAll(again.events(EVENTS - heard.size()));
    }
    assertThat(Happenings.numbers(heard))
        .isEqualTo(IntStream.rangeClosed(1, EVENTS).boxed().toList());
  }
}
