package io.waybill.testkit.contract;

import static io.waybill.core.upload.StandingStill.DELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.delivery.Backlog;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore.Keeping;
import io.waybill.core.delivery.DeliveryStore.Query;
import io.waybill.core.delivery.DeliveryStore.Share;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.delivery.DeliveryStore}. */
public abstract class DeliveryStoreContract extends PortContract {
  private static final String TYPE = "dataset.ready";
  private static final int MANY = 500;
  private static final Sink.Interest OF_DEVICES = new Sink.OfTypes(Set.of(TYPE), true);
  private static final UUID ONE = Ids.next();
  private static final UUID OTHER = Ids.next();

  /** Nobody else's: every sink is told everything that is in the database. */
  private final String sink = "sink-" + Ids.next();

  @Test
  void an_event_is_claimed_once_and_told_whole() {
    OutboxEvent event = wrote(ONE, 1);
    lookAtAll();

    List<Delivery> claimed = claim(1);
    assertThat(claimed).extracting(Delivery::event).containsExactly(event);
    assertThat(claimed.getFirst().attempts()).isEqualTo(1);
    assertThat(claim(2)).as("its lease holds").isEmpty();
    assertThat(settle(told(claimed.getFirst(), at(3)))).isEqualTo(1);
    assertThat(claim(1_000)).isEmpty();
  }

  @Test
  void what_interests_nobody_is_not_delivered() {
    write(event(world.tenantId(), ONE, 1, "dataset.archived", true));
    write(event(world.tenantId(), OTHER, 1, TYPE, false));
    lookAtAll();

    assertThat(claim(1)).isEmpty();
    assertThat(list(null, null, 10)).isEmpty();
  }

  @Test
  void events_of_one_thing_come_one_after_the_other_and_of_two_at_once() {
    OutboxEvent first = wrote(ONE, 1);
    OutboxEvent second = wrote(ONE, 2);
    OutboxEvent beside = wrote(OTHER, 1);
    lookAtAll();

    List<Delivery> claimed = claim(1);
    assertThat(claimed).extracting(Delivery::event).containsExactly(first, beside);
    assertThat(claim(1)).as("the first is under way").isEmpty();
    settle(failed(claimed.getFirst(), at(9)));
    assertThat(claim(5)).as("the first waits for its next try").isEmpty();
    Delivery again = claim(9).getFirst();
    assertThat(again.event()).isEqualTo(first);
    settle(told(again, at(10)));
    assertThat(claim(10)).extracting(Delivery::event).containsExactly(second);
  }

  @Test
  void a_lease_that_has_ended_is_another_s_and_the_first_settles_nothing() {
    wrote(ONE, 1);
    lookAtAll();
    Delivery killed = claim(1).getFirst();

    Delivery taken = claim(100).getFirst();
    assertThat(taken.attempts()).isEqualTo(2);
    assertThat(settle(told(killed, at(101)))).isZero();
    assertThat(settle(told(taken, at(102)))).isEqualTo(1);
  }

  @Test
  void a_dead_letter_lets_its_successors_pass_and_is_tried_again_when_somebody_says_so() {
    OutboxEvent first = wrote(ONE, 1);
    OutboxEvent second = wrote(ONE, 2);
    lookAtAll();
    Delivery dead = claim(1).getFirst();
    settle(as(dead, DeliveryStatus.DEAD_LETTERED, at(2), "no"));

    assertThat(claim(3)).extracting(Delivery::event).containsExactly(second);
    assertThat(replay(world.otherTenantId(), dead.deliveryId(), 4)).isEmpty();
    Delivery again = replay(world.tenantId(), dead.deliveryId(), 4).orElseThrow();
    assertThat(again.status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(again.attempts()).isZero();
    assertThat(claim(4)).extracting(Delivery::event).containsExactly(first);
    Delivery under = replay(world.tenantId(), dead.deliveryId(), 5).orElseThrow();
    assertThat(under.nextAttemptAt()).as("left alone").isAfter(at(5));
  }

  @Test
  void what_its_relays_die_of_becomes_a_dead_letter() {
    wrote(ONE, 1);
    lookAtAll();
    for (int life = 0; life < Delivery.MOST_ATTEMPTS; life++) {
      assertThat(claim(1 + 100L * life)).hasSize(1);
    }

    assertThat(claim(5_000))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.DEAD_LETTERED);
    assertThat(claim(9_000)).isEmpty();
  }

  @Test
  void nothing_is_claimed_while_there_is_something_to_look_at() {
    lookAtAll();
    wrote(ONE, 1);
    wrote(ONE, 2);

    assertThat(look(1)).isEqualTo(1);
    assertThat(claim(1)).isEmpty();
    lookAtAll();
    assertThat(claim(1)).hasSize(1);
  }

  @Test
  void a_tenant_s_deliveries_are_listed_newest_first_and_nobody_else_s() {
    wrote(ONE, 1);
    wrote(OTHER, 1);
    write(event(world.otherTenantId(), OTHER, 1, TYPE, true));
    lookAtAll();
    Delivery told = claim(1).getFirst();
    settle(told(told, at(2)));

    List<Delivery> all = list(null, null, 10);
    assertThat(all).hasSize(2).allMatch(row -> row.event().tenantId().equals(world.tenantId()));
    assertThat(all.getFirst().deliveryId()).isGreaterThan(all.getLast().deliveryId());
    assertThat(list(DeliveryStatus.DELIVERED, null, 10)).hasSize(1);
    assertThat(list(DeliveryStatus.PENDING, null, 10)).hasSize(1);
    assertThat(list(DeliveryStatus.DEAD_LETTERED, null, 10)).isEmpty();
    assertThat(list(null, all.getFirst().deliveryId(), 10)).containsExactly(all.getLast());
    assertThat(list(null, null, 1)).containsExactly(all.getFirst());
  }

  @Test
  void the_backlog_is_what_is_pending_and_what_nobody_has_looked_at() {
    lookAtAll();
    wrote(ONE, 1);
    lookAtAll();
    wrote(ONE, 2);

    assertThat(read(tx -> tx.census().waiting(at(2), MANY)).getOrDefault(DELIVERY, 0))
        .as("of all sinks, since the first second")
        .isPositive();
    List<Backlog> backlogs = read(tx -> tx.deliveries().backlog(MANY));
    assertThat(backlogs)
        .filteredOn(one -> one.sink().equals(sink))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.pending()).isEqualTo(2);
          assertThat(one.oldest()).isEqualTo(at(1));
        });
  }

  @Test
  void what_everybody_was_told_is_forgotten_in_time_and_what_is_pending_is_not() {
    wrote(ONE, 1);
    wrote(OTHER, 1);
    lookAtAll();
    List<Delivery> claimed = claim(1);
    settle(told(claimed.getFirst(), at(2)));
    settle(as(claimed.getLast(), DeliveryStatus.DEAD_LETTERED, at(2), "no"));
    wrote(ONE, 2);
    lookAtAll();

    forget(Duration.ofSeconds(1));
    assertThat(list(null, null, 10)).hasSize(3);
    forget(Duration.ofMinutes(1));
    assertThat(list(null, null, 10))
        .extracting(Delivery::status)
        .containsExactly(DeliveryStatus.PENDING, DeliveryStatus.DEAD_LETTERED);
    forget(Duration.ofMinutes(10));
    assertThat(list(null, null, 10)).extracting(Delivery::status).containsExactly(PENDING);
  }

  private static final DeliveryStatus PENDING = DeliveryStatus.PENDING;

  private void forget(Duration later) {
    Keeping keeping = new Keeping(Duration.ofSeconds(30), Duration.ofMinutes(5));
    while (read(tx -> tx.deliveries().forget(at(2).plus(later), keeping, MANY)) == MANY) {
      // there is more
    }
  }

  private OutboxEvent wrote(UUID aggregate, long sequence) {
    return write(event(world.tenantId(), aggregate, sequence, TYPE, true));
  }

  private OutboxEvent write(OutboxEvent event) {
    return commit(tx -> {
      tx.events().append(new Facts(List.of(), List.of(), List.of(event)));
      return event;
    });
  }

  private OutboxEvent event(
      UUID tenant, UUID aggregate, long sequence, String type, boolean ofDevice) {
    Map<String, Object> payload =
        ofDevice
            ? Map.of(OutboxEvent.SOURCE_DEVICE, world.robot().id().toString())
            : Map.of("status", "READY");
    return new OutboxEvent(
        Ids.next(), tenant, null, "dataset", aggregate, sequence, type, at(sequence), payload);
  }

  private int look(int limit) {
    return commit(tx -> tx.deliveries().fanOut(sink, OF_DEVICES, Ids::next, at(0), limit)).events();
  }

  private void lookAtAll() {
    while (look(MANY) == MANY) {
      // there is more
    }
  }

  private List<Delivery> claim(long second) {
    return read(tx -> tx.deliveries().claim(Share.of(sink, 100), at(second), at(second + 60)));
  }

  private int settle(Delivery outcome) {
    return read(tx -> tx.deliveries().settle(List.of(outcome)));
  }

  private Optional<Delivery> replay(UUID tenant, UUID deliveryId, long second) {
    return commit(tx -> tx.deliveries().replay(tenant, deliveryId, at(second)));
  }

  private List<Delivery> list(@Nullable DeliveryStatus status, @Nullable UUID before, int limit) {
    return read(
        tx -> tx.deliveries().list(new Query(world.tenantId(), status, sink, before, limit)));
  }

  private static Delivery told(Delivery tried, Instant at) {
    return as(tried, DeliveryStatus.DELIVERED, at, null);
  }

  private static Delivery failed(Delivery tried, Instant again) {
    return as(tried, DeliveryStatus.PENDING, again, "not now");
  }

  private static Delivery as(
      Delivery tried, DeliveryStatus status, Instant at, @Nullable String why) {
    return new Delivery(
        tried.deliveryId(),
        tried.sink(),
        tried.endpoint(),
        tried.event(),
        status,
        tried.attempts(),
        tried.claim(),
        at,
        status == DeliveryStatus.DELIVERED ? at : null,
        why);
  }
}
