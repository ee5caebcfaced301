package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.delivery.usecase.RelayEvents;
import io.waybill.core.work.Pass;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one sink what has happened, and says when it is away, once, and when it is back. */
final class EventRelay implements Round {

  private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);

  private final String sink;
  private final RelayEvents relay;
  private final Counter delivered;
  private final Counter failed;
  private final Counter deadLettered;
  private boolean isAway;
  private final HeldBack heldBack = new HeldBack();

  EventRelay(String sink, RelayEvents relay, MeterRegistry registry) {
    this.sink = sink;
    this.relay = relay;
    this.delivered = registry.counter("outbox_events_delivered", "sink", sink);
    this.failed = registry.counter("outbox_events_failed", "sink", sink);
    this.deadLettered = registry.counter("outbox_events_dead_lettered", "sink", sink);
  }

  @Override
  public Pass run() {
    heldBack.note(false);
    RelayEvents.Round round = relay.handle();
    heldBack.note(round.isHeldBack());
    delivered.increment(round.delivered());
    failed.increment(round.refused());
    deadLettered.increment(round.deadLettered());
    if (round.deadLettered() > 0) {
      LOG.warn(
          "deliver {}: {} events became dead letters; GET /v1/admin/outbox?status=DEAD_LETTERED"
              + " says why",
          sink,
          round.deadLettered());
    }
    note(round);
    return new Pass(round.delivered(), round.more());
  }

  /** The end of a transaction that something waits for is told by nobody: it is looked for. */
  @Override
  public Duration pause(Duration period) {
    return heldBack.pause(period);
  }

  private void note(RelayEvents.Round round) {
    if (round.away() != null && !isAway) {
      isAway = true;
      LOG.warn("deliver {}: {}; what is due waits and is told later", sink, round.away());
    } else if (isAway && round.delivered() > 0) {
      isAway = false;
      LOG.info("deliver {}: it is back", sink);
    }
  }
}
