package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a sink what has happened: looks at what is new, claims what is due, asks the sink with
 * nothing in its hands, and writes down what came of it. Whoever dies in between leaves a lease
 * that ends, and the event is told again.
 */
public final class RelayEvents {

  /** How long a batch may take; a sink that is asked longer is asked by somebody else, too. */
  public static final Duration LEASE = Duration.ofMinutes(1);

  private static final int LOOKED_AT = 1000;

  /** Events that one round tells at most. */
  public static final int BATCH = 200;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration AWAY_PAUSE = Duration.ofSeconds(5);
  private static final int ERROR_CHARS = 500;

  private final Ports<? extends DeliveryStores> ports;
  private final Sink sink;

  RelayEvents(Ports<? extends DeliveryStores> ports, Sink sink) {
    this.ports = ports;
    this.sink = sink;
  }

  /**
   * What one round did.
   *
   * @param delivered events that the sink has now
   * @param refused tries that failed and will be made again
   * @param deadLettered events that are not tried any more
   * @param away why the sink was away; null when it was there
   * @param more whether there may be more to tell at once
   * @param isHeldBack whether events wait for a transaction that may still come before them
   */
  public record Round(
      int delivered,
      int refused,
      int deadLettered,
      @Nullable String away,
      boolean more,
      boolean isHeldBack) {}

  /** One round: a batch at most. */
  public Round handle() {
    DeliveryStore.Looked looked = lookAtNew();
    Instant now = ports.now();
    List<Delivery> claimed =
        ports.work().read(tx -> tx.deliveries().claim(sink.name(), now, now.plus(LEASE), BATCH));
    List<Delivery> batch =
        claimed.stream().filter(one -> one.status() == DeliveryStatus.PENDING).toList();
    int givenUp = claimed.size() - batch.size();
    if (batch.isEmpty()) {
      boolean more = looked.events() == LOOKED_AT || givenUp > 0;
      return new Round(0, 0, givenUp, null, more, looked.isHeldBack());
    }
    List<Sink.Outcome> outcomes = sink.tell(batch);
    return settle(batch, outcomes, givenUp, looked.isHeldBack());
  }

  private DeliveryStore.Looked lookAtNew() {
    return ports
        .work()
        .commit(tx ->
            tx.deliveries()
                .fanOut(sink.name(), sink.interest(), ports.ids(), ports.now(), LOOKED_AT));
  }

  private Round settle(
      List<Delivery> batch, List<Sink.Outcome> outcomes, int givenUp, boolean isHeldBack) {
    if (outcomes.size() != batch.size()) {
      throw new IllegalStateException("a sink answers for every event that it is told");
    }
    Instant now = ports.now();
    List<Delivery> settled = new ArrayList<>(batch.size());
    String away = null;
    for (int i = 0; i < batch.size(); i++) {
      Sink.Outcome outcome = outcomes.get(i);
      settled.add(after(batch.get(i), outcome, now));
      away = outcome instanceof Sink.Unreachable(String why) ? why : away;
    }
    ports.work().read(tx -> tx.deliveries().settle(settled));
    Map<DeliveryStatus, Long> counts =
        settled.stream().collect(Collectors.groupingBy(Delivery::status, Collectors.counting()));
    int delivered = counts.getOrDefault(DeliveryStatus.DELIVERED, 0L).intValue();
    int dead = counts.getOrDefault(DeliveryStatus.DEAD_LETTERED, 0L).intValue();
    long refused = outcomes.stream().filter(Sink.Refused.class::isInstance).count() - dead;
    return new Round(delivered, (int) refused, dead + givenUp, away, away == null, isHeldBack);
  }

  private static Delivery after(Delivery tried, Sink.Outcome outcome, Instant now) {
    return switch (outcome) {
      case Sink.Delivered() -> as(tried, DeliveryStatus.DELIVERED, tried.attempts(), now, null);
      case Sink.Refused(String why) -> {
        boolean isDead = tried.attempts() >= Delivery.MOST_ATTEMPTS;
        yield as(
            tried,
            isDead ? DeliveryStatus.DEAD_LETTERED : DeliveryStatus.PENDING,
            tried.attempts(),
            isDead ? now : now.plus(jittered(pause(tried.attempts()), tried.deliveryId(), tried)),
            why);
      }
      case Sink.Unreachable(String why) ->
          as(
              tried,
              DeliveryStatus.PENDING,
              tried.attempts() - 1,
              now.plus(jittered(AWAY_PAUSE, tried.deliveryId(), tried)),
              why);
    };
  }

  private static Delivery as(
      Delivery tried, DeliveryStatus status, int attempts, Instant at, @Nullable String why) {
    boolean isDelivered = status == DeliveryStatus.DELIVERED;
    return new Delivery(
        tried.deliveryId(),
        tried.sink(),
        tried.event(),
        status,
        attempts,
        tried.claim(),
        at,
        isDelivered ? at : null,
        why == null ? null : why.substring(0, Math.min(why.length(), ERROR_CHARS)));
  }

  /** A second, then twice as long each time, an hour at most. */
  static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 12));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Between three and five quarters of it, so that what failed together is not tried together. */
  private static Duration jittered(Duration pause, UUID id, Delivery tried) {
    int hash = id.hashCode() * 31 + (int) tried.claim();
    return pause.multipliedBy(750 + Math.floorMod(hash * 0x9E3779B9, 501)).dividedBy(1000);
  }
}
