package io.waybill.core.device.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceCommand;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks a device to upload files of its own. It is told when it can be, within a day. */
public final class AskUpload {
  public static final Remembered<DeviceCommand.Answer> REMEMBERED =
      new Remembered<>("ASK_UPLOAD", DeviceCommand.Answer.class);

  private static final Duration WORTH_TELLING = Duration.ofHours(24);
  private static final int MOST_PATHS = 100;
  private static final int PATH_CHARS = 1024;
  private static final int NAME_CHARS = 255;
  private static final int STANDARD_PRIORITY = 5;
  private static final int MOST_PRIORITY = 9;

  private final Ports<? extends DeviceStores> ports;
  private final Journal journal;

  AskUpload(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
    this.journal = new Journal(ports.ids());
  }

  /**
   * What to upload.
   *
   * @param paths of the device, with wildcards
   * @param priority from 0 to 9; null for 5
   */
  public record Request(
      UUID projectId,
      UUID deviceId,
      List<String> paths,
      @Nullable String taskName,
      @Nullable Long priority) {
    public Request {
      paths = List.copyOf(paths);
    }
  }

  public Verdict<DeviceCommand.Answer> handle(
      Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    DeviceChange.Target target =
        new DeviceChange.Target(
            caller, Permission.DEVICE_COMMAND, request.projectId(), request.deviceId());
    Once<DeviceStores, DeviceCommand.Answer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.deviceId())
                .add(request.paths())
                .add(request.taskName())
                .add(request.priority()));
    return check(request)
        .then(ok ->
            ports
                .work()
                .write(tx ->
                    DeviceChange.pass(
                            tx.devices().find(caller.identity().tenantId(), request.deviceId()),
                            target,
                            now)
                        .then(device ->
                            once.within(tx, now, () -> ask(tx, caller, request, device, now)))));
  }

  private static Verdict<Boolean> check(Request request) {
    List<FieldError> errors = new ArrayList<>();
    if (request.paths().isEmpty() || request.paths().size() > MOST_PATHS) {
      errors.add(
          new FieldError(
              "paths", EntryCode.REQUEST_OUT_OF_RANGE, "must be 1 to " + MOST_PATHS + " paths"));
    }
    for (int i = 0; i < request.paths().size(); i++) {
      String path = request.paths().get(i);
      if (path.isBlank()) {
        errors.add(
            new FieldError("paths[" + i + "]", EntryCode.REQUEST_FIELD_REQUIRED, "must be a path"));
      }
      errors.addAll(ReadableText.check("paths[" + i + "]", path, PATH_CHARS));
    }
    if (request.taskName() != null) {
      errors.addAll(ReadableText.check("task_name", request.taskName(), NAME_CHARS));
    }
    Long priority = request.priority();
    if (priority != null && (priority < 0 || priority > MOST_PRIORITY)) {
      errors.add(
          new FieldError(
              "priority", EntryCode.REQUEST_OUT_OF_RANGE, "must be from 0 to " + MOST_PRIORITY));
    }
    return errors.isEmpty() ? Verdict.ok(true) : Verdict.refused(Refusal.invalid(errors));
  }

  private Verdict<DeviceCommand.Answer> ask(
      DeviceStores tx, Caller caller, Request request, Device device, Instant now) {
    if (device.status() != DeviceStatus.ACTIVE && device.status() != DeviceStatus.PENDING) {
      return DeviceChange.illegal("upload", device);
    }
    DeviceCommand command =
        new DeviceCommand(
            ports.ids().next(),
            device.tenantId(),
            device.deviceId(),
            DeviceCommand.Kind.UPLOAD,
            payload(request),
            DeviceCommand.Status.PENDING,
            caller.identity().actor(),
            Map.of(),
            1,
            now,
            now,
            now.plus(WORTH_TELLING),
            DeviceCommand.Course.NONE);
    tx.deviceCommands().insert(command);
    tx.events().append(created(command, device, caller));
    return Verdict.ok(command.answer(now));
  }

  private static Map<String, Object> payload(Request request) {
    Map<String, Object> payload = new TreeMap<>();
    Long priority = request.priority();
    payload.put("paths", request.paths());
    payload.put("priority", priority == null ? STANDARD_PRIORITY : priority.intValue());
    payload.put("project_id", request.projectId().toString());
    if (request.taskName() != null) {
      payload.put("task_name", request.taskName());
    }
    return payload;
  }

  private Facts created(DeviceCommand command, Device device, Caller caller) {
    DeviceEvent what = DeviceEvent.COMMAND_CREATED;
    Map<String, Object> said =
        Map.of(
            "command_id",
            command.commandId().toString(),
            "device_id",
            command.deviceId().toString(),
            "command",
            "upload",
            "payload",
            command.payload(),
            "expires_at",
            command.expiresAt().toString());
    return new Facts(
        List.of(),
        List.of(journal.audit(what, device.resource(), caller.origin(), command.createdAt(), said)),
        List.of(
            journal.outbox(
                what,
                command.resource(device.projectId()),
                command.version(),
                command.createdAt(),
                said)));
  }
}
