package io.waybill.allinone.stack;

import io.waybill.allinone.embedded.DeviceDirectory;
import io.waybill.core.access.Identity;
import io.waybill.core.app.Stores;
import io.waybill.core.work.Ports;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** The broker's view of the device registry: active devices, by their credentials. */
public final class RegistryDirectory implements DeviceDirectory {
  private final Ports<Stores> ports;

  public RegistryDirectory(Ports<Stores> ports) {
    this.ports = ports;
  }

  @Override
  public Optional<UUID> tenantOf(UUID deviceId, String credential) {
    String hash = sha256(credential);
    return ports
        .work()
        .read(tx -> tx.identities().byDeviceCredential(hash, ports.now()))
        .filter(device -> device.id().equals(deviceId))
        .filter(device -> device.standing() == Identity.Standing.ACTIVE)
        .map(Identity::tenantId);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
