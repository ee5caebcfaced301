package io.waybill.server.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.event.EventType;
import io.waybill.core.event.OutboxEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counters of what the outbox tells: one more for each event of certain types. */
final class OutboxCounters {
  private static final Map<EventType, List<String>> NAMES =
      Map.of(
          DatasetEvent.CREATED, List.of("dataset_created"),
          DatasetEvent.READY, List.of("dataset_ready"),
          DatasetEvent.RELEASED, List.of("dataset_ready"),
          DatasetEvent.REJECTED, List.of("dataset_rejected", "dataset_validation_failed"),
          DatasetEvent.QUARANTINED, List.of("dataset_quarantined", "dataset_validation_failed"),
          DatasetEvent.DELETED, List.of("dataset_deleted"),
          DatasetEvent.PURGED, List.of("dataset_purged"),
          DeviceEvent.REGISTERED, List.of("device_registered"),
          DeviceEvent.REVOKED, List.of("device_credential_revoked"),
          DeviceEvent.CREDENTIALS_REVOKED, List.of("device_credential_revoked"));

  private final Map<String, List<Counter>> ofType = new HashMap<>();

  OutboxCounters(MeterRegistry registry) {
    NAMES.forEach(
        (type, names) -> ofType.put(type.code(), names.stream().map(registry::counter).toList()));
  }

  void count(OutboxEvent event) {
    ofType.getOrDefault(event.type(), List.of()).forEach(Counter::increment);
  }
}
