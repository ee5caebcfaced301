package io.waybill.core.device.usecase;

import io.waybill.core.MetadataRule;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
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
import org.jspecify.annotations.Nullable;

/** Changes what is said of a device. */
public final class ChangeDevice {
  public static final Remembered<DeviceAnswer> REMEMBERED =
      new Remembered<>("CHANGE_DEVICE", DeviceAnswer.class);

  private final DeviceChange head;
  private final MetadataRule rule;
  private final DeviceJournal journal;

  ChangeDevice(Ports<? extends DeviceStores> ports, Authenticate authenticate, MetadataRule rule) {
    this.head = new DeviceChange(ports, authenticate);
    this.rule = rule;
    this.journal = new DeviceJournal(ports.ids());
  }

  /**
   * What to change.
   *
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(
      UUID projectId, UUID deviceId, DeviceFields fields, @Nullable Long version) {}

  public Verdict<DeviceAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Fingerprint said =
        request
            .fields()
            .addTo(Fingerprint.of(REMEMBERED).add(request.deviceId()))
            .add(request.version());
    Once<DeviceStores, DeviceAnswer> once = Once.of(REMEMBERED, caller, requestKey, said);
    return request
        .fields()
        .check(rule, null)
        .then(ok ->
            head.change(
                new DeviceChange.Target(
                    caller, Permission.DEVICE_UPDATE, request.projectId(), request.deviceId()),
                once,
                (tx, known, now) -> change(tx, caller, request, known, now)));
  }

  private Verdict<DeviceAnswer> change(
      DeviceStores tx, Caller caller, Request request, Device known, Instant now) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.DEVICE, known.deviceId(), known.version());
    }
    Device.Profile profile = request.fields().over(known.profile());
    if (profile.equals(known.profile())) {
      return Verdict.ok(DeviceAnswer.of(known));
    }
    Device after = known.with(profile, now);
    if (!tx.devices().update(after)) {
      return DeviceChange.taken(after);
    }
    tx.events().append(journal.changed(DeviceEvent.UPDATED, known, after, caller.origin()));
    return Verdict.ok(DeviceAnswer.of(after));
  }
}
