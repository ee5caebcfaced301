package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.controlapi.edge.Rooms;
import io.waybill.controlapi.live.EventStreams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many follow at once, and what that costs others. */
@Timeout(120)
class StreamLimitsTest {

  private static final Duration OFTEN = Duration.ofMillis(100);

  private static TestWorld world(EventStreams.Sizes sizes) {
    return new TestWorld(
        ApiSettings.DEFAULT
            .streaming(sizes)
            .working(new Rooms.Sizes(4, 4, Duration.ofSeconds(30))));
  }

  @Test
  void streams_that_say_nothing_keep_no_request_out() {
    List<Ears> all = new ArrayList<>();
    try (TestWorld world = world(new EventStreams.Sizes(1000, 300, 256, Duration.ofMillis(500)))) {
      for (int i = 0; i < 200; i++) {
        all.add(Ears.open(world, TestWorld.VIEWER));
      }
      assertThat(all).extracting(Ears::status).containsOnly(200);
      assertThat(streams(world)).isEqualTo(200);
      assertThat(world.as(TestWorld.VIEWER).get("/v1/projects").outcome()).isEqualTo("200");
      Happenings.in(world, 1);
      for (Ears ears : all) {
        assertThat(Happenings.numbers(ears.events(1))).containsExactly(1);
      }
      all.forEach(Ears::close);
      await().until(() -> streams(world) == 0);
    }
  }

  @Test
  void nobody_has_more_streams_than_its_share_and_a_place_that_is_left_is_free() {
    try (TestWorld world = world(new EventStreams.Sizes(3, 2, 256, OFTEN));
        Ears first = Ears.open(world, TestWorld.VIEWER);
        Ears second = Ears.open(world, TestWorld.VIEWER);
        Ears refused = Ears.open(world, TestWorld.VIEWER);
        Ears third = Ears.open(world, TestWorld.ADMIN);
        Ears full = Ears.open(world, TestWorld.DEVICE_17)) {
      assertThat(List.of(first.status(), second.status(), third.status())).containsOnly(200);
      assertThat(List.of(refused.status(), full.status())).containsOnly(429);
      assertThat(refused.header("Retry-After")).isEqualTo("30");
      first.leave();
      await().until(() -> isOpened(world));
    }
  }

  private static double streams(TestWorld world) {
    return world.registry.get("sse_streams").gauge().value();
  }

  private static boolean isOpened(TestWorld world) {
    try (Ears ears = Ears.open(world, TestWorld.VIEWER)) {
      return ears.status() == 200;
    }
  }
}
