package io.waybill.core.device.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.event.EventStores;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Audits requests of devices that the registry does not let act, on either door: at most one row
 * per identity and minute of a process, because whoever sends them can send any number.
 */
public final class NoteRefusedDevice {

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int IDENTITIES_REMEMBERED = 10_000;

  private final Ports<? extends EventStores> ports;
  private final Journal journal;
  private final ConcurrentHashMap<Device, Instant> noted = new ConcurrentHashMap<>();

  private record Device(UUID tenantId, UUID deviceId) {}

  public NoteRefusedDevice(Ports<? extends EventStores> ports) {
    this.ports = ports;
    this.journal = new Journal(ports.ids());
  }

  /** A request was refused; writes it down unless that was done within the last minute. */
  public void handle(UUID tenantId, UUID deviceId, ErrorCode why, Origin origin) {
    Instant now = ports.now();
    if (noted.size() >= IDENTITIES_REMEMBERED) {
      noted.values().removeIf(at -> !now.isBefore(at.plus(PAUSE)));
    }
    boolean isFull = noted.size() >= IDENTITIES_REMEMBERED;
    if (isFull || !isDue(new Device(tenantId, deviceId), now)) {
      return;
    }
    Facts refused =
        Facts.of(
            journal.refused(
                "device.request_refused",
                why.code(),
                Resource.device(tenantId, deviceId),
                origin,
                now));
    var _ =
        ports
            .work()
            .commit(tx -> {
              tx.events().append(refused);
              return refused;
            });
  }

  /** True once a minute, for one of all who ask at the same time. */
  private boolean isDue(Device device, Instant now) {
    Instant known = noted.putIfAbsent(device, now);
    return known == null || (!now.isBefore(known.plus(PAUSE)) && noted.replace(device, known, now));
  }
}
