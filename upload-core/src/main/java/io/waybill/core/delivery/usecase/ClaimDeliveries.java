package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore;
import io.waybill.core.delivery.DeliveryStore.Share;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Looks at what is new for a sink, and claims what is due. Whoever claims must settle within {@link
 * RelayEvents#LEASE}, or somebody else tells it again.
 */
public final class ClaimDeliveries {

  private static final int LOOKED_AT = 2000;

  private final Ports<? extends DeliveryStores> ports;
  private final Sink sink;

  ClaimDeliveries(Ports<? extends DeliveryStores> ports, Sink sink) {
    this.ports = ports;
    this.sink = sink;
  }

  /**
   * What is to be told now.
   *
   * @param deadLettered how many had been tried too often
   * @param hasMoreToLookAt whether there may be more new events
   * @param isHeldBack whether events wait for a transaction that may still come before them
   */
  public record Claimed(
      List<Delivery> toTell, int deadLettered, boolean hasMoreToLookAt, boolean isHeldBack) {
    public Claimed {
      toTell = List.copyOf(toTell);
    }
  }

  /** Claims so many at most, one of each aggregate. */
  public Claimed handle(int limit) {
    return claim(Share.of(sink.name(), limit));
  }

  /**
   * Claims of each endpoint of the sink.
   *
   * @param except endpoints that are left alone
   * @param each how many to one endpoint
   * @param limit how many in all
   */
  public Claimed handle(Set<String> except, int each, int limit) {
    return claim(Share.ofEndpoints(sink.name(), except, each, limit));
  }

  private Claimed claim(Share share) {
    DeliveryStore.Looked looked = lookAtNew();
    boolean hasMoreToLookAt = looked.events() == LOOKED_AT;
    Instant now = ports.now();
    List<Delivery> claimed =
        ports.work().read(tx -> tx.deliveries().claim(share, now, now.plus(RelayEvents.LEASE)));
    List<Delivery> toTell =
        claimed.stream().filter(one -> one.status() == DeliveryStatus.PENDING).toList();
    int deadLettered = claimed.size() - toTell.size();
    return new Claimed(toTell, deadLettered, hasMoreToLookAt, looked.isHeldBack());
  }

  private DeliveryStore.Looked lookAtNew() {
    return ports
        .work()
        .commit(tx ->
            tx.deliveries()
                .fanOut(sink.name(), sink.interest(), ports.ids(), ports.now(), LOOKED_AT));
  }
}
