package io.waybill.core.device.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;

/** Makes worthless what a device has to show; a rotation gives it something new. */
public final class RevokeCredentials {
  public static final Remembered<DeviceAnswer> REMEMBERED =
      new Remembered<>("REVOKE_CREDENTIALS", DeviceAnswer.class);

  private final DeviceChange head;
  private final DeviceJournal journal;

  RevokeCredentials(Ports<? extends DeviceStores> ports, Authenticate authenticate) {
    this.head = new DeviceChange(ports, authenticate);
    this.journal = new DeviceJournal(ports.ids());
  }

  public Verdict<DeviceAnswer> handle(
      Caller caller, RequestKey requestKey, UUID projectId, UUID deviceId) {
    Once<DeviceStores, DeviceAnswer> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(deviceId));
    return head.change(
        new DeviceChange.Target(caller, Permission.DEVICE_CREDENTIALS_REVOKE, projectId, deviceId),
        once,
        (tx, known, now) -> move(tx, caller, known, now));
  }

  private Verdict<DeviceAnswer> move(DeviceStores tx, Caller caller, Device known, Instant now) {
    if (tx.credentials().live(known.tenantId(), known.deviceId()).isEmpty()) {
      return Verdict.ok(DeviceAnswer.of(known));
    }
    tx.credentials().revoke(known.tenantId(), known.deviceId(), null, now);
    return write(tx, caller, known, known.with(known.profile(), now));
  }

  private Verdict<DeviceAnswer> write(DeviceStores tx, Caller caller, Device known, Device after) {
    tx.devices().update(after);
    tx.events()
        .append(journal.changed(DeviceEvent.CREDENTIALS_REVOKED, known, after, caller.origin()));
    return Verdict.ok(DeviceAnswer.of(after));
  }
}
