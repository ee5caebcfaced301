package io.waybill.core.device.usecase;

import io.waybill.core.Outage;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.device.PresenceStore.Birth;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Devices come and go, and are heard. What was heard is written once a minute for each device, by
 * each process that hears it.
 */
public final class HearPresence {
  static final Duration OFTEN = Duration.ofMinutes(1);

  private static final int REMEMBERED = 100_000;

  private final Ports<? extends DeviceStores> ports;
  private final DeviceJournal journal;
  private final UnshownCredential unshown;
  private final Map<UUID, Instant> written = new ConcurrentHashMap<>();

  HearPresence(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
    this.journal = new DeviceJournal(ports.ids());
    this.unshown = new UnshownCredential(ports.ids());
  }

  /**
   * It is connected, by this connection. What it was asked and has not answered it is asked again:
   * its last connection may have taken that with it. So it is with a rotation of its credential.
   *
   * @return whether it was not connected before
   */
  public boolean born(
      UUID tenantId, UUID deviceId, String connectionId, @Nullable String clientVersion) {
    Birth birth = new Birth(tenantId, deviceId, connectionId, clientVersion, ports.now());
    return ports
        .work()
        .commit(tx -> {
          int _ = tx.deviceCommandQueue().tellAgain(tenantId, deviceId, birth.at());
          unshown.tellOf(tx, birth);
          return tx.devices().presence().born(birth) && tell(tx, DeviceEvent.ONLINE, birth);
        });
  }

  /** This connection has ended. True when it had no other one by now. */
  public boolean gone(UUID tenantId, UUID deviceId, String connectionId) {
    Birth its = new Birth(tenantId, deviceId, connectionId, null, ports.now());
    return ports
        .work()
        .commit(tx ->
            tx.devices().presence().gone(tenantId, deviceId, connectionId, its.at())
                && tell(tx, DeviceEvent.OFFLINE, its));
  }

  private boolean tell(DeviceStores tx, DeviceEvent what, Birth of) {
    tx.devices()
        .find(of.tenantId(), of.deviceId())
        .ifPresent(device -> tx.events().append(journal.connection(what, device, of.at())));
    return true;
  }

  /** A device that may act has said something. That it cannot be written down holds nobody up. */
  public void heard(UUID tenantId, UUID deviceId) {
    Instant now = ports.now();
    Instant last = written.get(deviceId);
    if (last != null && now.isBefore(last.plus(OFTEN))) {
      return;
    }
    if (written.size() >= REMEMBERED) {
      written.clear(); // each of them is written once too often
    }
    written.put(deviceId, now);
    try {
      var _ =
          ports
              .work()
              .read(tx -> {
                tx.devices().presence().seen(tenantId, deviceId, now);
                return true;
              });
    } catch (Outage later) {
      // nor is it tried again with each request: who waits for the database waits once a minute
    }
  }
}
