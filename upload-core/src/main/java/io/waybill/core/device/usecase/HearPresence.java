package io.waybill.core.device.usecase;

import io.waybill.core.Outage;
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
  private final Map<UUID, Instant> written = new ConcurrentHashMap<>();

  HearPresence(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
  }

  /** It is connected, by this connection. */
  public boolean born(
      UUID tenantId, UUID deviceId, String connectionId, @Nullable String clientVersion) {
    Birth birth = new Birth(tenantId, deviceId, connectionId, clientVersion, ports.now());
    return ports
        .work()
        .read(tx -> {
          tx.presence().born(birth);
          return true;
        });
  }

  /** This connection has ended; it may have another one by now. */
  public boolean gone(UUID tenantId, UUID deviceId, String connectionId) {
    Instant now = ports.now();
    return ports
        .work()
        .read(tx -> {
          tx.presence().gone(tenantId, deviceId, connectionId, now);
          return true;
        });
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
                tx.presence().seen(tenantId, deviceId, now);
                return true;
              });
    } catch (Outage later) {
      written.remove(deviceId);
    }
  }
}
