package io.waybill.gateway;

import io.waybill.core.device.CommandChannel;
import io.waybill.core.device.DeviceCommand;
import io.waybill.wire.DeviceCommandMessage;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells devices on {@code upload/command} what they are asked to do, a whole batch on its way at
 * once and in its order. No broker keeps a command longer than it is worth telling.
 */
final class CommandSender implements CommandChannel {

  private final Topics topics;
  private final Outbound outbound;
  private final Duration patience;

  /**
   * A sender over one link.
   *
   * @param patience how long the broker has to take a batch
   */
  CommandSender(Topics topics, Outbound outbound, Duration patience) {
    this.topics = topics;
    this.outbound = outbound;
    this.patience = patience;
  }

  @Override
  public List<Outcome> tell(List<DeviceCommand> commands, Instant now) {
    if (!outbound.isConnected()) {
      return commands.stream().<Outcome>map(one -> away()).toList();
    }
    List<CompletableFuture<Outcome>> sent = new ArrayList<>(commands.size());
    for (DeviceCommand one : commands) {
      sent.add(outbound.give(message(one, now)).thenApply(this::outcome));
    }
    var _ =
        CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
            .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    return sent.stream().map(one -> one.getNow(away())).toList();
  }

  private static Outcome away() {
    return new Away("the broker is away");
  }

  private Outcome outcome(Outbound.Receipt receipt) {
    return switch (receipt) {
      case Outbound.Taken(boolean isHeard) -> isHeard ? new Told() : new Unheard();
      case Outbound.NotTaken(Throwable why) ->
          outbound.isConnected()
              ? new Refused("the broker refused it: " + why.getMessage())
              : away();
    };
  }

  private OutgoingMessage message(DeviceCommand command, Instant now) {
    Duration left = Duration.between(now, command.expiresAt());
    Topics.Owner device = new Topics.Owner(command.tenantId(), command.deviceId());
    DeviceCommandMessage told =
        new DeviceCommandMessage(
            command.commandId(),
            command.command().name().toLowerCase(Locale.ROOT),
            command.payload(),
            command.createdAt(),
            command.expiresAt(),
            left.toSeconds());
    return new OutgoingMessage(
        topics.of(device, Kind.COMMAND),
        told.encode(),
        null,
        left.toSeconds() < 1 ? Duration.ofSeconds(1) : left);
  }
}
