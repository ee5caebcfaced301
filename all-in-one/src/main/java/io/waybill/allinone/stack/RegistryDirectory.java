package io.waybill.allinone.stack;

import io.waybill.allinone.embedded.DeviceDirectory;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.app.Stores;
import io.waybill.core.device.usecase.ActivateDevice;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The broker's view of the device registry: who may connect, by their credentials. What is shown
 * here for the first time is used from now on, as at every other door.
 */
public final class RegistryDirectory implements DeviceDirectory {
  private final Authenticate authenticate;

  public RegistryDirectory(Ports<Stores> ports) {
    this.authenticate = new Authenticate(ports, Duration.ZERO, new ActivateDevice(ports));
  }

  @Override
  public Optional<UUID> tenantOf(UUID deviceId, String credential) {
    return authenticate.bearer(credential) instanceof Verdict.Ok<Identity>(Identity device)
            && device.isDevice()
            && device.id().equals(deviceId)
        ? Optional.of(device.tenantId())
        : Optional.empty();
  }
}
