package io.waybill.core.member;

import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Permission;
import java.util.List;
import java.util.UUID;

/** What a device may do in a project now. */
public record DeviceGrantAnswer(UUID projectId, UUID deviceId, List<String> permissions) {

  public DeviceGrantAnswer {
    permissions = List.copyOf(permissions);
  }

  public static DeviceGrantAnswer of(UUID projectId, UUID deviceId) {
    return new DeviceGrantAnswer(
        projectId,
        deviceId,
        DeviceAccess.PERMISSIONS.stream().map(Permission::code).sorted().toList());
  }
}
