package io.waybill.testkit.contract;

import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.project.Project;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Devices, and what they are asked to do. */
public final class Devices {
  private Devices() {}

  /** One that was just registered. */
  public static Device device(Project project, String code, Instant now) {
    return new Device(
        Ids.next(),
        project.tenantId(),
        project.projectId(),
        new Device.Profile("Press 1", code, "press", Map.of("hall", "4")),
        DeviceStatus.PENDING,
        1,
        null,
        Device.Presence.UNKNOWN,
        1,
        now,
        now);
  }

  static DeviceCommand command(Device device, Instant now, Instant expiresAt) {
    return new DeviceCommand(
        Ids.next(),
        device.tenantId(),
        device.deviceId(),
        DeviceCommand.Kind.UPLOAD,
        Map.of("paths", List.of("/data/*")),
        DeviceCommand.Status.PENDING,
        "api_key:1",
        Map.of(),
        1,
        now,
        now,
        expiresAt,
        DeviceCommand.Course.NONE);
  }
}
