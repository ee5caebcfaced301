package io.waybill.core.device.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the rows that a change of a device leaves behind: audit and outbox, never a secret. */
final class DeviceJournal {
  private final Journal journal;

  DeviceJournal(IdSource ids) {
    this.journal = new Journal(ids);
  }

  Facts registered(Device device, Origin origin) {
    return wrote(DeviceEvent.REGISTERED, device, origin, Map.of("after", said(device)));
  }

  /** What it was, and what it is now. */
  Facts changed(DeviceEvent what, Device before, Device after, Origin origin) {
    return wrote(what, after, origin, Map.of("before", said(before), "after", said(after)));
  }

  /** That the credential of this version was used for the first time: older ones ended with it. */
  Facts rotated(Device before, Device after, int version, Origin origin) {
    return wrote(
        DeviceEvent.CREDENTIAL_ROTATED,
        after,
        origin,
        Map.of("before", said(before), "after", said(after), "credential_version", version));
  }

  /** It came or went: nobody's act, so that no audit row has it. */
  Facts connection(DeviceEvent what, Device device, Instant at) {
    Map<String, Object> told = new TreeMap<>(told(device));
    told.put("connection_id", device.presence().connectionId());
    OutboxEvent outbox = journal.outbox(what, device.resource(), device.version(), at, told);
    return new Facts(List.of(), List.of(), List.of(outbox));
  }

  /** It was told that before, and perhaps did not hear it: nobody's act, either. */
  Facts rotatingStill(Device device, Instant at) {
    OutboxEvent outbox =
        journal.outbox(
            DeviceEvent.CREDENTIAL_ROTATING, device.resource(), device.version(), at, told(device));
    return new Facts(List.of(), List.of(), List.of(outbox));
  }

  Facts wrote(DeviceEvent what, Device after, Origin origin, Map<String, Object> details) {
    AuditEvent audit = journal.audit(what, after.resource(), origin, after.updatedAt(), details);
    OutboxEvent outbox =
        journal.outbox(what, after.resource(), after.version(), after.updatedAt(), told(after));
    return new Facts(List.of(), List.of(audit), List.of(outbox));
  }

  private static Map<String, Object> told(Device device) {
    return Map.of(
        "project_id",
        device.projectId().toString(),
        "device_code",
        device.profile().deviceCode(),
        "status",
        device.status().name(),
        "credential_version",
        device.credentialVersion());
  }

  private static Map<String, Object> said(Device device) {
    Device.Profile profile = device.profile();
    Map<String, Object> said = new TreeMap<>(told(device));
    said.put("name", profile.name());
    said.put("metadata", profile.metadata());
    if (profile.deviceType() != null) {
      said.put("device_type", profile.deviceType());
    }
    return said;
  }
}
