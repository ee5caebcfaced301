package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.delivery.Sink;
import io.waybill.core.work.Ports;
import java.util.List;

/** Writes down what came of one try, unless somebody else has claimed it since. */
public final class SettleDelivery {

  private final Ports<? extends DeliveryStores> ports;

  SettleDelivery(Ports<? extends DeliveryStores> ports) {
    this.ports = ports;
  }

  /** What the delivery is now: pending where it will be tried again. */
  public DeliveryStatus handle(Delivery tried, Sink.Outcome outcome) {
    Delivery settled = Tries.after(tried, outcome, ports.now());
    ports.work().read(tx -> tx.deliveries().settle(List.of(settled)));
    return settled.status();
  }
}
