package io.waybill.core.device.usecase;

import io.waybill.core.device.Credential;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.device.PresenceStore.Birth;
import io.waybill.core.work.IdSource;
import java.util.List;

/**
 * A device that was away when its credential was rotated has not heard of it, for brokers keep
 * nothing for who is not there. It is told once more by each new connection, while it shows one
 * that ends and its newest was never shown.
 */
final class UnshownCredential {
  private final DeviceJournal journal;

  UnshownCredential(IdSource ids) {
    this.journal = new DeviceJournal(ids);
  }

  /** Before the birth is written, because one that is known already tells nothing new. */
  void tellOf(DeviceStores tx, Birth birth) {
    tx.devices()
        .find(birth.tenantId(), birth.deviceId())
        .filter(device -> device.credentialVersion() > 1)
        .filter(device -> !birth.connectionId().equals(device.presence().connectionId()))
        .filter(device -> isAwaited(tx, device, birth))
        .ifPresent(device -> tx.events().append(journal.rotatingStill(device, birth.at())));
  }

  /**
   * Where nobody tells us what a broker was shown, no credential counts as shown, and nothing is
   * known of who has which.
   */
  private static boolean isAwaited(DeviceStores tx, Device device, Birth birth) {
    List<Credential> live = tx.credentials().live(device.tenantId(), device.deviceId());
    return live.stream()
            .anyMatch(one ->
                !one.isUsed()
                    && one.credentialVersion() == device.credentialVersion()
                    && !one.hasEnded(birth.at()))
        && live.stream().anyMatch(one -> one.isUsed() && !one.hasEnded(birth.at()));
  }
}
