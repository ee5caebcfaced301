package io.waybill.core.device.usecase;

import io.waybill.core.device.BrokerAccount;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells every device that a broker may let in now: for brokers that keep names themselves. */
public final class ReadBrokerAccounts {
  private static final int PAGE = 500;

  private final Ports<? extends DeviceStores> ports;

  ReadBrokerAccounts(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
  }

  /** One after the other, in the order of their ids. */
  public void handle(Consumer<BrokerAccount> told) {
    Instant now = ports.now();
    List<BrokerAccount> page = page(null, now);
    while (!page.isEmpty()) {
      page.forEach(told);
      page = page.size() < PAGE ? List.of() : page(page.getLast().deviceId(), now);
    }
  }

  private List<BrokerAccount> page(@Nullable UUID after, Instant now) {
    return ports.work().read(tx -> tx.devices().brokerAccounts().list(after, now, PAGE));
  }
}
