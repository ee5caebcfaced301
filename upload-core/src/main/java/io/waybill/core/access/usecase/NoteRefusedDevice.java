package io.waybill.core.access.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.access.Origin;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.EventStores;
import io.waybill.core.event.Facts;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
  private final ConcurrentHashMap<Device, Instant> noted = new ConcurrentHashMap<>();

  private record Device(UUID tenantId, UUID deviceId) {}

  public NoteRefusedDevice(Ports<? extends EventStores> ports) {
    this.ports = ports;
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
    AuditEvent event =
        new AuditEvent(
            ports.ids().next(),
            tenantId,
            origin.actor(),
            "device.request_refused",
            "device",
            deviceId,
            why.code(),
            origin.requestId(),
            origin.transport(),
            now,
            Map.of());
    var _ =
        ports
            .work()
            .commit(tx -> {
              tx.events().append(new Facts(List.of(), List.of(event), List.of()));
              return event;
            });
  }

  /** True once a minute, for one of all who ask at the same time. */
  private boolean isDue(Device device, Instant now) {
    Instant known = noted.putIfAbsent(device, now);
    return known == null || (!now.isBefore(known.plus(PAUSE)) && noted.replace(device, known, now));
  }
}
