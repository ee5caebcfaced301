package io.waybill.server.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.event.EventType;
import io.waybill.core.event.OutboxEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Counters of what the outbox tells: one more for each event of certain types. */
final class OutboxCounters {
  private static final Map<EventType, String> NAMES =
      Map.of(
          DatasetEvent.CREATED, "dataset_created",
          DatasetEvent.READY, "dataset_ready",
          DatasetEvent.RELEASED, "dataset_ready",
          DatasetEvent.REJECTED, "dataset_rejected",
          DatasetEvent.QUARANTINED, "dataset_quarantined",
          DatasetEvent.DELETED, "dataset_deleted",
          DatasetEvent.PURGED, "dataset_purged",
          DeviceEvent.REGISTERED, "device_registered",
          DeviceEvent.REVOKED, "device_credential_revoked",
          DeviceEvent.CREDENTIALS_REVOKED, "device_credential_revoked");

  private static final Set<EventType> FAILED_VALIDATIONS =
      Set.of(DatasetEvent.REJECTED, DatasetEvent.QUARANTINED);

  private final Map<String, Counter> ofType = new HashMap<>();
  private final Counter failedValidations;

  OutboxCounters(MeterRegistry registry) {
    NAMES.forEach((type, name) -> ofType.put(type.code(), registry.counter(name)));
    failedValidations = registry.counter("dataset_validation_failed");
  }

  void count(OutboxEvent event) {
    Counter counter = ofType.get(event.type());
    if (counter != null) {
      counter.increment();
    }
    if (FAILED_VALIDATIONS.stream().anyMatch(type -> type.code().equals(event.type()))) {
      failedValidations.increment();
    }
  }
}
