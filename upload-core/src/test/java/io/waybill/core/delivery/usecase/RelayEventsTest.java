package io.waybill.core.delivery.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.OutboxEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay tells everything at least once, in each thing's order, whoever dies. */
class RelayEventsTest {
  private static final UUID ONE = new UUID(7, 1);
  private static final UUID OTHER = new UUID(7, 2);

  private final RelayWorld world = new RelayWorld();
  private final RelayEvents relay = world.relay();

  @Test
  void what_happens_is_told_in_the_order_of_each_thing() {
    OutboxEvent first = world.happens(ONE, 1);
    OutboxEvent second = world.happens(ONE, 2);
    OutboxEvent beside = world.happens(OTHER, 1);

    assertThat(relay.handle()).isEqualTo(new RelayEvents.Round(2, 0, 0, null, true, false));
    assertThat(relay.handle()).isEqualTo(new RelayEvents.Round(1, 0, 0, null, true, false));
    assertThat(relay.handle()).isEqualTo(new RelayEvents.Round(0, 0, 0, null, false, false));
    assertThat(world.told).containsExactly(first, beside, second);
    assertThat(world.statuses()).containsExactly(DeliveryStatus.DELIVERED);
  }

  @Test
  void a_refused_event_is_tried_later_and_later_and_after_twelve_tries_is_a_dead_letter() {
    world.happens(ONE, 1);
    world.answer = one -> new Sink.Refused("no");

    List<Duration> pauses = new ArrayList<>();
    while (tryNext().status() == DeliveryStatus.PENDING) {
      pauses.add(Duration.between(world.time.instant(), world.only().nextAttemptAt()));
    }

    assertThat(pauses).hasSize(Delivery.MOST_ATTEMPTS - 1);
    for (int i = 0; i < pauses.size(); i++) {
      Duration pause = Tries.pause(i + 1);
      assertThat(pauses.get(i))
          .isBetween(pause.multipliedBy(3).dividedBy(4), pause.multipliedBy(5).dividedBy(4));
    }
    assertThat(world.only().status()).isEqualTo(DeliveryStatus.DEAD_LETTERED);
    assertThat(world.only().attempts()).isEqualTo(Delivery.MOST_ATTEMPTS);
    assertThat(world.only().lastError()).isEqualTo("no");
    assertThat(Tries.pause(12)).isLessThan(Tries.pause(30));
  }

  private Delivery tryNext() {
    if (!world.all().isEmpty()) {
      world.isAt(world.only().nextAttemptAt());
    }
    assertThat(relay.handle().delivered()).isZero();
    return world.only();
  }

  @Test
  void a_sink_that_is_away_makes_no_dead_letters() {
    OutboxEvent event = world.happens(ONE, 1);
    world.answer = one -> new Sink.Unreachable("the broker is away");

    for (int i = 0; i < 5 * Delivery.MOST_ATTEMPTS; i++) {
      assertThat(relay.handle())
          .isEqualTo(new RelayEvents.Round(0, 0, 0, "the broker is away", false, false));
      assertThat(world.only().attempts()).isZero();
      world.isAt(world.only().nextAttemptAt());
    }
    world.answer = one -> new Sink.Delivered();
    relay.handle();
    assertThat(world.told).containsExactly(event);
  }

  @Test
  void a_relay_that_dies_with_an_event_leaves_it_to_another_when_its_lease_ends() {
    OutboxEvent event = world.happens(ONE, 1);
    world.answer =
        one -> {
          throw new IllegalStateException("died");
        };
    assertThatThrownBy(relay::handle).hasMessage("died");

    world.answer = one -> new Sink.Delivered();
    RelayEvents another = world.relay();
    assertThat(another.handle().delivered()).isZero();
    world.time.advance(RelayEvents.LEASE);
    assertThat(another.handle().delivered()).isEqualTo(1);
    assertThat(world.told).containsExactly(event);
  }

  @Test
  void what_was_told_is_forgotten_after_two_days() {
    world.happens(ONE, 1);
    relay.handle();

    world.time.advance(Duration.ofHours(47));
    assertThat(world.cases.forgetEvents().handle().more()).isFalse();
    assertThat(world.all()).hasSize(1);
    world.time.advance(Duration.ofHours(1));
    assertThat(world.cases.forgetEvents().handle().more()).isFalse();
    assertThat(world.all()).isEmpty();
  }

  /** Two relays, things that happen, refusals, absences and deaths, in an order from a seed. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void in_any_order_of_events_and_deaths_each_thing_is_told_whole_and_in_order(long seed) {
    Random random = new Random(seed);
    Map<UUID, Long> sequences = new HashMap<>();
    world.answer = one -> outcome(random);
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          UUID aggregate = new UUID(7, random.nextInt(5));
          world.happens(aggregate, sequences.merge(aggregate, 1L, Long::sum));
        }
        case 2 -> mayDie();
        default -> world.time.advance(Duration.ofSeconds(random.nextInt(90)));
      }
    }
    world.answer = one -> new Sink.Delivered();
    for (int round = 0; round < 200; round++) {
      relay.handle();
      world.time.advance(Duration.ofMinutes(10));
    }
    Map<UUID, LinkedHashSet<Long>> heard = new LinkedHashMap<>();
    world.told.forEach(event ->
        heard
            .computeIfAbsent(event.aggregateId(), id -> new LinkedHashSet<>())
            .add(event.sequence()));
    sequences.forEach((aggregate, last) ->
        assertThat(heard.get(aggregate))
            .as("first hearings of %s", aggregate)
            .containsExactlyElementsOf(
                java.util.stream.LongStream.rangeClosed(1, last).boxed().toList()));
  }

  private void mayDie() {
    try {
      relay.handle();
    } catch (IllegalStateException died) {
      assertThat(died).hasMessage("died");
    }
  }

  private static Sink.Outcome outcome(Random random) {
    return switch (random.nextInt(40)) {
      case 0, 1, 2, 3 -> new Sink.Refused("no");
      case 4, 5 -> new Sink.Unreachable("away");
      case 6 -> throw new IllegalStateException("died");
      default -> new Sink.Delivered();
    };
  }
}
