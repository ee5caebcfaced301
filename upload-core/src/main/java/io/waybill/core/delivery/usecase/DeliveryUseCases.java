package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.Ports;
import java.util.function.Function;

/**
 * What is done with deliveries.
 *
 * @param relayTo the relay to a sink that is told batches
 * @param claimFor what is to be told to a sink whose endpoints each have a pace of their own
 */
public record DeliveryUseCases(
    Function<Sink, RelayEvents> relayTo,
    Function<Sink, ClaimDeliveries> claimFor,
    SettleDelivery settle,
    FollowEvents followEvents,
    CountBacklog countBacklog,
    ForgetEvents forgetEvents,
    ListDeliveries listDeliveries,
    ReplayDelivery replayDelivery) {

  /** All of them over one set of ports. */
  public static DeliveryUseCases over(Ports<? extends DeliveryStores> ports) {
    return new DeliveryUseCases(
        sink -> new RelayEvents(ports, sink),
        sink -> new ClaimDeliveries(ports, sink),
        new SettleDelivery(ports),
        new FollowEvents(ports),
        new CountBacklog(ports),
        new ForgetEvents(ports),
        new ListDeliveries(ports),
        new ReplayDelivery(ports));
  }
}
