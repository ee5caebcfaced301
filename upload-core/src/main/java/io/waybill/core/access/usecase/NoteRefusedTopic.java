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
 * Audits requests on topics whose identity the registry does not let act: at most one row per
 * identity and minute, because whoever sends them can send any number.
 */
public final class NoteRefusedTopic {

  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int IDENTITIES_REMEMBERED = 10_000;

  private final Ports<? extends EventStores> ports;
  private final ConcurrentHashMap<Topic, Instant> noted = new ConcurrentHashMap<>();

  private record Topic(UUID tenantId, UUID deviceId) {}

  public NoteRefusedTopic(Ports<? extends EventStores> ports) {
    this.ports = ports;
  }

  /** A request was refused; writes it down unless that was done within the last minute. */
  public void handle(UUID tenantId, UUID deviceId, ErrorCode why, Origin origin) {
    Instant now = ports.now();
    if (noted.size() >= IDENTITIES_REMEMBERED) {
      noted.values().removeIf(at -> !now.isBefore(at.plus(PAUSE)));
    }
    boolean isFull = noted.size() >= IDENTITIES_REMEMBERED;
    if (isFull || !isDue(new Topic(tenantId, deviceId), now)) {
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
  private boolean isDue(Topic topic, Instant now) {
    Instant known = noted.putIfAbsent(topic, now);
    return known == null || (!now.isBefore(known.plus(PAUSE)) && noted.replace(topic, known, now));
  }
}
