package io.waybill.gateway;

import io.waybill.core.device.CommandChannel;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.usecase.TellCommands;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** What the devices of a plant are asked to do. */
final class CommandsToDevices {
  static final Duration LIFE = Duration.ofHours(1);

  private final Plant plant;
  private final AtomicInteger made = new AtomicInteger(0x1000);

  CommandsToDevices(Plant plant) {
    this.plant = plant;
  }

  DeviceCommand ask(Owner device) {
    Instant now = plant.time.instant();
    DeviceCommand command =
        new DeviceCommand(
            Plant.id(made.incrementAndGet()),
            device.tenantId(),
            device.deviceId(),
            DeviceCommand.Kind.UPLOAD,
            Map.of("paths", List.of("/data/run-42/*.mcap"), "priority", 5L),
            DeviceCommand.Status.PENDING,
            "api_key:1",
            Map.of(),
            1,
            now,
            now,
            now.plus(LIFE),
            DeviceCommand.Course.NONE);
    return plant.database.commit(tx -> {
      tx.deviceCommands().insert(command);
      return command;
    });
  }

  DeviceCommand find(DeviceCommand command) {
    return plant
        .database
        .read(tx ->
            tx.deviceCommands().find(command.tenantId(), command.deviceId(), command.commandId()))
        .orElseThrow();
  }

  /** One round of telling them. */
  TellCommands.Round tell(CommandChannel channel) {
    return plant.useCases.devices().tellOver().apply(channel).handle();
  }

  /** Rounds until there is nothing to be told at once; what was told. */
  int tellAll(CommandChannel channel) {
    TellCommands.Round round = tell(channel);
    int told = round.told();
    while (round.more()) {
      round = tell(channel);
      told += round.told();
    }
    return told;
  }

  /** Types of the events that the outbox has of commands. */
  List<String> finished(UUID commandId) {
    return plant.database.facts().outbox().stream()
        .filter(event -> event.aggregateId().equals(commandId))
        .map(event -> event.type() + " " + event.payload().get("status"))
        .toList();
  }
}
