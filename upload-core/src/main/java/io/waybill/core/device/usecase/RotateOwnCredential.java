package io.waybill.core.device.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;

/**
 * Gives a device that asks for it a new credential: in this answer alone. One whose answer was lost
 * asks again with a new request, for the old one is good until the new one is shown.
 */
public final class RotateOwnCredential {
  public static final Remembered<DeviceAnswer.Issued> REMEMBERED =
      new Remembered<>(
          "ROTATE_OWN_CREDENTIAL", DeviceAnswer.Issued.class, DeviceAnswer.Issued::withoutMaterial);

  private static final Rotation.Terms USUAL = new Rotation.Terms(null, null);

  private final Ports<? extends DeviceStores> ports;
  private final Authenticate authenticate;
  private final Rotation rotation;

  RotateOwnCredential(Ports<? extends DeviceStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.authenticate = authenticate;
    this.rotation = new Rotation(ports.ids());
  }

  public Verdict<DeviceAnswer.Issued> handle(Caller caller, RequestKey requestKey) {
    Instant now = ports.now();
    Once<DeviceStores, DeviceAnswer.Issued> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED));
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx ->
                itself(tx, caller.identity())
                    .then(known -> shown(tx, known, now))
                    .then(known -> once.within(tx, now, () -> rotate(tx, caller, known, now)))));
  }

  private static Verdict<Device> itself(DeviceStores tx, Identity identity) {
    return tx.devices()
        .lock(identity.tenantId(), identity.id())
        .map(RotateOwnCredential::active)
        .orElseGet(() -> Gate.missing(ResourceKind.DEVICE));
  }

  /** This process may know it from before somebody else ended it: here it is locked. */
  private static Verdict<Device> active(Device known) {
    return switch (known.status()) {
      case PENDING, ACTIVE -> Verdict.ok(known);
      case DISABLED, REVOKED, DELETED ->
          Verdict.refused(ErrorCode.DEVICE_INACTIVE, "this device is not active");
    };
  }

  /**
   * A broker may not yet have let go of somebody whose credential was ended: who is connected with
   * that one gets no other.
   */
  private static Verdict<Device> shown(DeviceStores tx, Device known, Instant now) {
    boolean isShown =
        tx.credentials().live(known.tenantId(), known.deviceId()).stream()
            .anyMatch(credential -> credential.mayBeShownBy(now));
    return isShown
        ? Verdict.ok(known)
        : Verdict.refused(
            ErrorCode.DEVICE_INACTIVE,
            "its credential has ended; show the new one over HTTP first, or have it rotated by hand");
  }

  private Verdict<DeviceAnswer.Issued> rotate(
      DeviceStores tx, Caller caller, Device known, Instant now) {
    return rotation
        .rotate(tx, caller, USUAL, known, now)
        .map(DeviceAnswer.WithCredential::credential);
  }
}
