package io.waybill.core.member.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.MemberStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.UUID;

/** Closes a project to a device: what it was granted there by hand stays. */
public final class ShutDeviceOut {

  public static final Remembered<Out> REMEMBERED = new Remembered<>("SHUT_DEVICE_OUT", Out.class);

  private final Ports<? extends MemberStores> ports;
  private final MemberJournal journal;
  private final Authenticate authenticate;

  ShutDeviceOut(Ports<? extends MemberStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.journal = new MemberJournal(ports.ids());
    this.authenticate = authenticate;
  }

  /** It uploads there no more. */
  public record Out(UUID projectId, UUID deviceId) {}

  public Verdict<Out> handle(Caller caller, RequestKey requestKey, UUID projectId, UUID deviceId) {
    Instant now = ports.now();
    Once<MemberStores, Out> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(projectId).add(deviceId));
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx ->
                DeviceDoor.out(tx, caller, projectId, deviceId, now)
                    .then(door -> once.within(tx, now, () -> close(tx, caller, door, now)))));
  }

  private Verdict<Out> close(MemberStores tx, Caller caller, DeviceDoor door, Instant now) {
    UUID deviceId = door.device().self().id();
    int taken =
        tx.grants()
            .take(
                door.project().tenantId(),
                new Subject(SubjectKind.DEVICE, deviceId),
                door.project().self(),
                PermissionGrant.PROJECT_GRANT);
    if (taken > 0) {
      tx.events().append(journal.shutOut(door.device(), door.project(), caller.origin(), now));
    }
    return Verdict.ok(new Out(door.project().self().id(), deviceId));
  }
}
