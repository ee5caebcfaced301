package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.DeliveryStore.Keeping;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.work.Pass;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;

/** Deletes events that everybody has been told: after 48 h, dead letters after 30 days. */
public final class ForgetEvents {

  static final Keeping KEEPING = new Keeping(Duration.ofDays(2), Duration.ofDays(30));
  private static final int AT_ONCE = 1000;

  private final Ports<? extends DeliveryStores> ports;

  ForgetEvents(Ports<? extends DeliveryStores> ports) {
    this.ports = ports;
  }

  /** One batch. */
  public Pass handle() {
    Instant now = ports.now();
    return Pass.of(ports.work().read(tx -> tx.deliveries().forget(now, KEEPING, AT_ONCE)), AT_ONCE);
  }
}
