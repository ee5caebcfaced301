package io.waybill.core.device.usecase;

import io.waybill.core.MetadataRule;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a device known, with its first credential. It may upload to its project from then on. */
public final class RegisterDevice {
  /** The secret is told once; a repeated call is told everything else. */
  public static final Remembered<DeviceAnswer.WithCredential> REMEMBERED =
      new Remembered<>(
          "REGISTER_DEVICE",
          DeviceAnswer.WithCredential.class,
          DeviceAnswer.WithCredential::withoutMaterial);

  private final Ports<? extends DeviceStores> ports;
  private final MetadataRule rule;
  private final DeviceJournal journal;
  private final CredentialMaterial material;

  RegisterDevice(Ports<? extends DeviceStores> ports, MetadataRule rule) {
    this.ports = ports;
    this.rule = rule;
    this.journal = new DeviceJournal(ports.ids());
    this.material = new CredentialMaterial(ports.ids());
  }

  /**
   * What to make.
   *
   * @param fields with a name and a code
   * @param expiresInSeconds that its credential lasts; null for ever
   */
  public record Request(
      UUID projectId,
      String name,
      String deviceCode,
      DeviceFields fields,
      @Nullable Long expiresInSeconds) {}

  public Verdict<DeviceAnswer.WithCredential> handle(
      Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Fingerprint said =
        request
            .fields()
            .addTo(Fingerprint.of(REMEMBERED).add(request.projectId()))
            .add(request.expiresInSeconds());
    Once<DeviceStores, DeviceAnswer.WithCredential> once =
        Once.of(REMEMBERED, caller, requestKey, said);
    return request
        .fields()
        .check(rule, request.expiresInSeconds())
        .then(ok ->
            ProjectGate.pass(
                ports, caller.identity(), Permission.DEVICE_CREATE, request.projectId(), now))
        .then(ok ->
            ports
                .work()
                .write(tx -> once.within(tx, now, () -> register(tx, caller, request, now))));
  }

  private Verdict<DeviceAnswer.WithCredential> register(
      DeviceStores tx, Caller caller, Request request, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Device.Profile blank = new Device.Profile(request.name(), request.deviceCode(), null, Map.of());
    Device device =
        new Device(
            ports.ids().next(),
            tenantId,
            request.projectId(),
            request.fields().over(blank),
            DeviceStatus.PENDING,
            1,
            null,
            Device.Presence.UNKNOWN,
            1,
            now,
            now);
    if (!tx.devices().insert(device)) {
      return tx.projects().find(tenantId, request.projectId()).isPresent()
          ? DeviceChange.taken(device)
          : Gate.missing(ResourceKind.PROJECT);
    }
    tx.grants().add(open(device));
    tx.events().append(journal.registered(device, caller.origin()));
    return Verdict.ok(material.issue(tx, device, request.expiresInSeconds(), false, now));
  }

  /** Its own project is open to it. */
  private List<PermissionGrant> open(Device device) {
    Subject itself = new Subject(SubjectKind.DEVICE, device.deviceId());
    return DeviceAccess.to(device.projectId()).stream()
        .map(grant ->
            new PermissionGrant(
                ports.ids().next(),
                device.tenantId(),
                itself,
                grant,
                PermissionGrant.PROJECT_GRANT,
                device.createdAt()))
        .toList();
  }
}
