package io.waybill.core.member.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.DeviceGrantAnswer;
import io.waybill.core.member.MemberStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Opens a project to a device: both doors let it upload there at once. */
public final class LetDeviceIn {

  public static final Remembered<DeviceGrantAnswer> REMEMBERED =
      new Remembered<>("LET_DEVICE_IN", DeviceGrantAnswer.class);

  private final Ports<? extends MemberStores> ports;
  private final MemberJournal journal;
  private final Authenticate authenticate;

  LetDeviceIn(Ports<? extends MemberStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.journal = new MemberJournal(ports.ids());
    this.authenticate = authenticate;
  }

  public Verdict<DeviceGrantAnswer> handle(
      Caller caller, RequestKey requestKey, UUID projectId, UUID deviceId) {
    Instant now = ports.now();
    Once<MemberStores, DeviceGrantAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(projectId).add(deviceId));
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx ->
                DeviceDoor.in(tx, caller, projectId, deviceId, now)
                    .then(door -> once.within(tx, now, () -> open(tx, caller, door, now)))));
  }

  private Verdict<DeviceGrantAnswer> open(
      MemberStores tx, Caller caller, DeviceDoor door, Instant now) {
    UUID projectId = door.project().self().id();
    UUID deviceId = door.device().self().id();
    List<PermissionGrant> grants =
        DeviceAccess.to(projectId).stream().map(one -> grant(door, one, now)).toList();
    if (tx.grants().add(grants) > 0) {
      tx.events().append(journal.letIn(door.device(), door.project(), caller.origin(), now));
    }
    return Verdict.ok(DeviceGrantAnswer.of(projectId, deviceId));
  }

  private PermissionGrant grant(DeviceDoor door, Grant grant, Instant now) {
    return new PermissionGrant(
        ports.ids().next(),
        door.project().tenantId(),
        new Subject(SubjectKind.DEVICE, door.device().self().id()),
        grant,
        PermissionGrant.PROJECT_GRANT,
        now);
  }
}
