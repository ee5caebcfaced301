package io.waybill.core.device.usecase;

import io.waybill.core.Outage;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device that is heard after it was silent may have lost what it was asked to do, and is told
 * again. What each process has heard it remembers by itself, of so many devices: one that is told
 * once too often ignores a command that it has seen.
 */
public final class TellAgain {
  /** Who says nothing for so long was silent. */
  static final Duration SILENCE = Duration.ofMinutes(5);

  private static final int REMEMBERED = 100_000;

  private final Ports<? extends DeviceStores> ports;
  private final Map<UUID, Instant> heard = new ConcurrentHashMap<>();

  TellAgain(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
  }

  /**
   * A device that may act has said something. While the database does not answer nothing is told,
   * and it is as if it had not.
   *
   * @return how many commands are due again
   */
  public int heard(UUID tenantId, UUID deviceId) {
    Instant now = ports.now();
    if (!wasSilent(deviceId, now)) {
      return 0;
    }
    try {
      return ports.work().read(tx -> tx.deviceCommandQueue().tellAgain(tenantId, deviceId, now));
    } catch (Outage later) {
      heard.remove(deviceId);
      return 0;
    }
  }

  private boolean wasSilent(UUID deviceId, Instant now) {
    if (heard.size() >= REMEMBERED) {
      heard.clear(); // each of them is told once too often
    }
    Instant last = heard.put(deviceId, now);
    return last == null || !now.isBefore(last.plus(SILENCE));
  }
}
