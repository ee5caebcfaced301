package io.waybill.core.device.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.event.EventStores;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.event.OncePerMinute;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;

/**
 * Audits requests of devices that the registry does not let act, on either door: at most one row
 * per identity and minute of a process, because whoever sends them can send any number.
 */
public final class NoteRefusedDevice {

  private final Ports<? extends EventStores> ports;
  private final Journal journal;
  private final OncePerMinute<Device> noted = new OncePerMinute<>();

  private record Device(UUID tenantId, UUID deviceId) {}

  public NoteRefusedDevice(Ports<? extends EventStores> ports) {
    this.ports = ports;
    this.journal = new Journal(ports.ids());
  }

  /** A request was refused; writes it down unless that was done within the last minute. */
  public void handle(UUID tenantId, UUID deviceId, ErrorCode why, Origin origin) {
    Instant now = ports.now();
    if (!noted.isDue(new Device(tenantId, deviceId), now)) {
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
}
