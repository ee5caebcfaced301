package io.waybill.core.device.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.idempotency.Once;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The head of every command that changes a device: lock it, let the caller through, once. What was
 * known of who may be let in is forgotten at once in this process.
 */
final class DeviceChange {
  private final Ports<? extends DeviceStores> ports;
  private final Authenticate authenticate;

  DeviceChange(Ports<? extends DeviceStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.authenticate = authenticate;
  }

  /** Which device of which project, and what it takes. */
  record Target(Caller caller, Permission need, UUID projectId, UUID deviceId) {}

  /** What is done with a locked device. */
  @FunctionalInterface
  interface Change<A> {
    Verdict<A> of(DeviceStores tx, Device known, Instant now);
  }

  <A> Verdict<A> change(Target target, Once<DeviceStores, A> once, Change<A> change) {
    Instant now = ports.now();
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx ->
                pass(tx, target, now)
                    .then(known -> once.within(tx, now, () -> change.of(tx, known, now)))));
  }

  /** The same where the repeated call does not find the device any more: its key comes first. */
  <A> Verdict<A> end(Target target, Once<DeviceStores, A> once, Change<A> change) {
    Instant now = ports.now();
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx ->
                once.within(
                    tx,
                    now,
                    before -> stillMay(target, now).map(ok -> before),
                    () -> pass(tx, target, now).then(known -> change.of(tx, known, now)))));
  }

  private static Verdict<Resource> stillMay(Target target, Instant now) {
    Identity identity = target.caller().identity();
    Resource device =
        Resource.project(identity.tenantId(), target.projectId())
            .under(ResourceKind.DEVICE, target.deviceId());
    return Gate.pass(identity, target.need(), device, now);
  }

  private static Verdict<Device> pass(DeviceStores tx, Target target, Instant now) {
    Optional<Device> found =
        tx.devices().lock(target.caller().identity().tenantId(), target.deviceId());
    return pass(found, target, now);
  }

  static Verdict<Device> pass(Optional<Device> found, Target target, Instant now) {
    return found
        .filter(device -> device.projectId().equals(target.projectId()))
        .map(device ->
            Gate.pass(target.caller().identity(), target.need(), device.resource(), now)
                .map(ok -> device))
        .orElseGet(() -> Gate.missing(ResourceKind.DEVICE));
  }

  static <T> Verdict<T> taken(Device device) {
    return Verdict.refused(
        Refusal.of(ErrorCode.DEVICE_CODE_TAKEN, "the tenant has another device with this code")
            .with("device_code", device.profile().deviceCode()));
  }

  static <T> Verdict<T> illegal(String what, Device known) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.DEVICE_INVALID_STATE,
                "a device that is " + known.status() + " cannot be asked to " + what)
            .with("device_id", known.deviceId().toString())
            .with("current_status", known.status().name()));
  }
}
