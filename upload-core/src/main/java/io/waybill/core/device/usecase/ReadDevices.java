package io.waybill.core.device.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceStore;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads devices: one, or those of a project. */
public final class ReadDevices {
  private final Ports<? extends DeviceStores> ports;

  ReadDevices(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
  }

  /**
   * One page, newest first.
   *
   * @param before the last id of the page before; null for the first page
   */
  public record Request(UUID projectId, @Nullable UUID before, int limit) {}

  /** One device. */
  public Verdict<DeviceAnswer> handle(Caller caller, UUID projectId, UUID deviceId) {
    DeviceChange.Target target =
        new DeviceChange.Target(caller, Permission.DEVICE_VIEW, projectId, deviceId);
    return DeviceChange.pass(
            ports.work().read(tx -> tx.devices().find(caller.identity().tenantId(), deviceId)),
            target,
            ports.now())
        .map(DeviceAnswer::of);
  }

  /** Those of a project that the caller may view. */
  public Verdict<Page<DeviceAnswer>> handle(Caller caller, Request request) {
    Instant now = ports.now();
    DeviceStore.Query query =
        new DeviceStore.Query(
            caller.identity().tenantId(),
            request.projectId(),
            request.before(),
            Authorizer.denied(caller.identity(), Permission.DEVICE_VIEW, ResourceKind.DEVICE, now),
            request.limit() + 1);
    return ProjectGate.pass(
            ports, caller.identity(), Permission.DEVICE_VIEW, request.projectId(), now)
        .then(ok -> page(caller, request, query));
  }

  private Verdict<Page<DeviceAnswer>> page(
      Caller caller, Request request, DeviceStore.Query query) {
    List<DeviceAnswer> found =
        ports.work().read(tx -> tx.devices().list(query)).stream().map(DeviceAnswer::of).toList();
    return found.isEmpty() && ProjectGate.isAbsent(ports, caller.identity(), request.projectId())
        ? Gate.missing(ResourceKind.PROJECT)
        : Verdict.ok(Page.of(found, request.limit(), DeviceAnswer::deviceId));
  }
}
