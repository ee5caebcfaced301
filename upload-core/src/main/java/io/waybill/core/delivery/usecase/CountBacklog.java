package io.waybill.core.delivery.usecase;

import io.waybill.core.delivery.Backlog;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How much sinks have not been told yet, and for how long. */
public final class CountBacklog {

  private static final int MOST = 100_000;

  private final Ports<? extends DeliveryStores> ports;

  CountBacklog(Ports<? extends DeliveryStores> ports) {
    this.ports = ports;
  }

  /**
   * The backlog of one sink.
   *
   * @param pending 100 000 at most: more are not counted
   * @param oldest how long ago the oldest of it happened; zero when there is none
   */
  public record Counted(String sink, int pending, Duration oldest) {}

  public List<Counted> handle() {
    Instant now = ports.now();
    return ports.work().read(tx -> tx.deliveries().backlog(MOST)).stream()
        .map(one -> new Counted(one.sink(), one.pending(), age(one, now)))
        .toList();
  }

  private static Duration age(Backlog backlog, Instant now) {
    Instant oldest = backlog.oldest();
    return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
  }
}
