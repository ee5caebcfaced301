package io.waybill.workers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.device.usecase.TellCommands;
import io.waybill.core.work.Pass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells devices what they are asked to do, and says when there is no way to them, once. */
final class CommandRelay implements Round {

  private static final Logger LOG = LoggerFactory.getLogger(CommandRelay.class);
  private static final String TOLD = "device.commands.told";

  private final TellCommands relay;
  private final Counter told;
  private final Counter unheard;
  private final Counter refused;
  private boolean isAway;

  CommandRelay(TellCommands relay, MeterRegistry registry) {
    this.relay = relay;
    this.told = registry.counter(TOLD, "outcome", "told");
    this.unheard = registry.counter(TOLD, "outcome", "unheard");
    this.refused = registry.counter(TOLD, "outcome", "refused");
  }

  @Override
  public Pass run() {
    TellCommands.Round round = relay.handle();
    told.increment(round.told());
    unheard.increment(round.unheard());
    refused.increment(round.refused());
    if (round.refused() > 0) {
      LOG.warn(
          "commands: the broker refused {}; they are told again until they expire. Has the gateway"
              + " the right to publish on upload/command?",
          round.refused());
    }
    note(round);
    return new Pass(round.told(), round.more());
  }

  private void note(TellCommands.Round round) {
    if (round.away() != null && !isAway) {
      isAway = true;
      LOG.warn("commands: {}; what is due waits and is told later", round.away());
    } else if (isAway && round.told() > 0) {
      isAway = false;
      LOG.info("commands: the broker is back");
    }
  }
}
