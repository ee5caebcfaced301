package io.waybill.core.device.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;

/** Takes a device away. What it has uploaded stays, and its code is free. */
public final class DeleteDevice {
  public static final Remembered<Deleted> REMEMBERED =
      new Remembered<>("DELETE_DEVICE", Deleted.class);

  private final DeviceChange head;
  private final DeviceJournal journal;

  DeleteDevice(Ports<? extends DeviceStores> ports, Authenticate authenticate) {
    this.head = new DeviceChange(ports, authenticate);
    this.journal = new DeviceJournal(ports.ids());
  }

  /** It is gone. */
  public record Deleted(UUID deviceId) {}

  public Verdict<Deleted> handle(
      Caller caller, RequestKey requestKey, UUID projectId, UUID deviceId) {
    Once<DeviceStores, Deleted> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(deviceId));
    return head.end(
        new DeviceChange.Target(caller, Permission.DEVICE_DISABLE, projectId, deviceId),
        once,
        (tx, known, now) -> delete(tx, caller, known, now));
  }

  private Verdict<Deleted> delete(DeviceStores tx, Caller caller, Device known, Instant now) {
    tx.credentials().revoke(known.tenantId(), known.deviceId(), null, now);
    Device after = known.become(DeviceStatus.DELETED, now);
    tx.devices().update(after);
    tx.events().append(journal.changed(DeviceEvent.DELETED, known, after, caller.origin()));
    return Verdict.ok(new Deleted(known.deviceId()));
  }
}
