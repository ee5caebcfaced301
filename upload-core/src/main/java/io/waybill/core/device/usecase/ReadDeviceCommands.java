package io.waybill.core.device.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what a device was asked to do. */
public final class ReadDeviceCommands {
  private final Ports<? extends DeviceStores> ports;

  ReadDeviceCommands(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
  }

  /** Which device. */
  public record Of(UUID projectId, UUID deviceId) {}

  /** One command. */
  public Verdict<DeviceCommand.Answer> handle(Caller caller, Of device, UUID commandId) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    return pass(caller, device, now)
        .then(ok -> {
          Optional<DeviceCommand> found =
              ports
                  .work()
                  .read(tx -> tx.deviceCommands().find(tenantId, device.deviceId(), commandId));
          return found.isPresent()
              ? Verdict.ok(found.get().answer(now))
              : Gate.missing(ResourceKind.DEVICE_COMMAND);
        });
  }

  /** One page, newest first. */
  public Verdict<Page<DeviceCommand.Answer>> handle(
      Caller caller, Of device, @Nullable UUID before, int limit) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    return pass(caller, device, now)
        .map(ok -> {
          List<DeviceCommand.Answer> found =
              ports
                  .work()
                  .read(tx ->
                      tx.deviceCommands().list(tenantId, device.deviceId(), before, limit + 1))
                  .stream()
                  .map(command -> command.answer(now))
                  .toList();
          return Page.of(found, limit, DeviceCommand.Answer::commandId);
        });
  }

  private Verdict<io.waybill.core.device.Device> pass(Caller caller, Of device, Instant now) {
    DeviceChange.Target target =
        new DeviceChange.Target(
            caller, Permission.DEVICE_VIEW, device.projectId(), device.deviceId());
    return DeviceChange.pass(
        ports.work().read(tx -> tx.devices().find(caller.identity().tenantId(), device.deviceId())),
        target,
        now);
  }
}
