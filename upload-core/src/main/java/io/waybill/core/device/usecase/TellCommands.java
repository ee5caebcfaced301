package io.waybill.core.device.usecase;

import io.waybill.core.device.CommandChannel;
import io.waybill.core.device.DeviceCommandQueue.Claimed;
import io.waybill.core.device.DeviceCommandQueue.Settled;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells devices what they are asked to do: claims what is due, tells it with nothing in its hands,
 * and writes down what came of it. Whoever dies in between leaves a claim that ends, and the device
 * is told again. It is told again, too, until it has answered: when it connects anew, and now and
 * then.
 */
public final class TellCommands {

  /** How long a batch may take; what takes longer is told by somebody else, too. */
  public static final Duration LEASE = Duration.ofMinutes(1);

  /** Commands that one round tells at most. */
  public static final int BATCH = 200;

  private static final Duration AWAY_PAUSE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

  /** A broker keeps what it was told for a device that is away: it need not be told often. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(4);

  /** Nobody keeps what was not heard. */
  private static final Duration LONGEST_UNHEARD = Duration.ofMinutes(5);

  private final Ports<? extends DeviceStores> ports;
  private final CommandChannel channel;

  TellCommands(Ports<? extends DeviceStores> ports, CommandChannel channel) {
    this.ports = ports;
    this.channel = channel;
  }

  /**
   * What one round did.
   *
   * @param told commands that a broker has for their devices
   * @param unheard commands of devices that are not there
   * @param refused commands that a broker did not take
   * @param away why there was no broker; null when there was one
   * @param more whether there may be more to tell at once
   */
  public record Round(int told, int unheard, int refused, @Nullable String away, boolean more) {}

  /** One round: a batch at most. */
  public Round handle() {
    Instant now = ports.now();
    List<Claimed> batch =
        ports.work().read(tx -> tx.deviceCommandQueue().claim(now, now.plus(LEASE), BATCH));
    if (batch.isEmpty()) {
      return new Round(0, 0, 0, null, false);
    }
    List<CommandChannel.Outcome> outcomes =
        channel.tell(batch.stream().map(Claimed::command).toList(), now);
    if (outcomes.size() != batch.size()) {
      throw new IllegalStateException("a channel answers for every command that it is given");
    }
    return settle(batch, outcomes);
  }

  private Round settle(List<Claimed> batch, List<CommandChannel.Outcome> outcomes) {
    Instant now = ports.now();
    List<Settled> settled = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      settled.add(after(batch.get(i), outcomes.get(i), now));
    }
    ports.work().read(tx -> tx.deviceCommandQueue().settle(settled, now));
    @Nullable String away = null;
    int told = 0;
    int unheard = 0;
    int refused = 0;
    for (CommandChannel.Outcome outcome : outcomes) {
      switch (outcome) {
        case CommandChannel.Told() -> told++;
        case CommandChannel.Unheard() -> unheard++;
        case CommandChannel.Refused(String why) -> refused++;
        case CommandChannel.Away(String why) -> away = why;
      }
    }
    return new Round(told, unheard, refused, away, told > 0);
  }

  private static Settled after(Claimed one, CommandChannel.Outcome outcome, Instant now) {
    int tried = one.command().course().attempts();
    return switch (outcome) {
      case CommandChannel.Told() ->
          new Settled(one, true, true, now.plus(pause(tried, 4, LONGEST_PAUSE)));
      case CommandChannel.Unheard() ->
          new Settled(one, false, true, now.plus(pause(tried, 2, LONGEST_UNHEARD)));
      case CommandChannel.Refused(String why) ->
          new Settled(one, false, true, now.plus(pause(tried, 2, LONGEST_UNHEARD)));
      case CommandChannel.Away(String why) -> new Settled(one, false, false, now.plus(AWAY_PAUSE));
    };
  }

  /** A minute, then so many times as long each time, up to the longest. */
  private static Duration pause(int tried, int factor, Duration longest) {
    Duration pause = FIRST_PAUSE;
    for (int i = 0; i < tried && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(factor);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
