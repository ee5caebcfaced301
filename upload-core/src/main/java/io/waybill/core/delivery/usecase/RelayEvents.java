package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** Events that one round tells at most. */
  public static final int BATCH = 1000;

  private final Ports<? extends DeliveryStores> ports;
  private final Sink sink;
  private final ClaimDeliveries claim;

  RelayEvents(Ports<? extends DeliveryStores> ports, Sink sink) {
    this.ports = ports;
    this.sink = sink;
    this.claim = new ClaimDeliveries(ports, sink);
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
    ClaimDeliveries.Claimed claimed = claim.handle(BATCH);
    List<Delivery> batch = claimed.toTell();
    int givenUp = claimed.deadLettered();
    if (batch.isEmpty()) {
      boolean more = claimed.hasMoreToLookAt() || givenUp > 0;
      return new Round(0, 0, givenUp, null, more, claimed.isHeldBack());
    }
    List<Sink.Outcome> outcomes = sink.tell(batch);
    return settle(batch, outcomes, givenUp, claimed.isHeldBack());
  }

  private Round settle(
      List<Delivery> batch, List<Sink.Outcome> outcomes, int givenUp, boolean isHeldBack) {
    if (outcomes.size() != batch.size()) {
      throw new IllegalStateException("a sink answers for every event that it is told");
    }
    Instant now = ports.now();
    List<Delivery> settled = new ArrayList<>(batch.size());
    String away = null;
    int refused = 0;
    for (int i = 0; i < batch.size(); i++) {
      Sink.Outcome outcome = outcomes.get(i);
      settled.add(Tries.after(batch.get(i), outcome, now));
      away = outcome instanceof Sink.Unreachable(String why) ? why : away;
      boolean isTriedAgain = settled.get(i).status() == DeliveryStatus.PENDING;
      refused += outcome instanceof Sink.Refused && isTriedAgain ? 1 : 0;
    }
    ports.work().read(tx -> tx.deliveries().settle(settled));
    Map<DeliveryStatus, Long> counts =
        settled.stream().collect(Collectors.groupingBy(Delivery::status, Collectors.counting()));
    int delivered = counts.getOrDefault(DeliveryStatus.DELIVERED, 0L).intValue();
    int dead = counts.getOrDefault(DeliveryStatus.DEAD_LETTERED, 0L).intValue();
    return new Round(delivered, refused, dead + givenUp, away, away == null, isHeldBack);
  }
}
