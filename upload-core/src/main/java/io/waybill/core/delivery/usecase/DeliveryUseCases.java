package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.Ports;
import java.util.function.Function;

/**
 * What is done with deliveries.
 *
 * @param relayTo the relay to one sink
 */
public record DeliveryUseCases(
    Function<Sink, RelayEvents> relayTo,
    CountBacklog countBacklog,
    ForgetEvents forgetEvents,
    ListDeliveries listDeliveries,
    ReplayDelivery replayDelivery) {

  /** All of them over one set of ports. */
  public static DeliveryUseCases over(Ports<? extends DeliveryStores> ports) {
    return new DeliveryUseCases(
        sink -> new RelayEvents(ports, sink),
        new CountBacklog(ports),
        new ForgetEvents(ports),
        new ListDeliveries(ports),
        new ReplayDelivery(ports));
  }
}
