package io.waybill.core.member.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.member.MemberStores;
import java.time.Instant;
import java.util.UUID;

/**
 * Who may let a device into a project, or shut it out: who has in it what the device gets. Whom it
 * lets in it must see, or care for; whom it shuts out it must not.
 */
record DeviceDoor(Resource project, Resource device) {

  /** For somebody who may. */
  static Verdict<DeviceDoor> in(
      MemberStores tx, Caller caller, UUID projectId, UUID deviceId, Instant now) {
    return out(tx, caller, projectId, deviceId, now)
        .then(door ->
            sees(caller, door.device(), now)
                ? Verdict.ok(door)
                : Gate.missing(ResourceKind.DEVICE));
  }

  /** The same for who shuts out whatever device has been let in. */
  static Verdict<DeviceDoor> out(
      MemberStores tx, Caller caller, UUID projectId, UUID deviceId, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Resource project = Resource.project(tenantId, projectId);
    if (tx.resources().find(tenantId, project.self()).isEmpty()) {
      return Gate.missing(ResourceKind.PROJECT);
    }
    return Gate.pass(caller.identity(), Permission.DEVICE_UPDATE, project, now)
        .then(ok -> Gate.holds(caller.identity(), DeviceAccess.PERMISSIONS, project, now, null))
        .then(ok ->
            tx.resources()
                .find(tenantId, new Resource.Node(ResourceKind.DEVICE, deviceId))
                .map(device -> Verdict.ok(new DeviceDoor(project, device)))
                .orElseGet(() -> Gate.missing(ResourceKind.DEVICE)));
  }

  private static boolean sees(Caller caller, Resource device, Instant now) {
    return Authorizer.allows(caller.identity(), Permission.DEVICE_VIEW, device, now)
        || Authorizer.allows(caller.identity(), Permission.DEVICE_UPDATE, device, now);
  }
}
