package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.Twin;
import io.waybill.core.dataset.VerifiedChecksums.Content;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.UploadRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whether there is room for what a create asks: project, policy, device and open uploads. */
final class RoomRules {

  private static final long RETRY_AFTER_SECONDS = 60;

  private RoomRules() {}

  /**
   * A device can only name itself as the source, and a key of certain devices must name one of
   * them; nothing in a payload overrides who calls.
   */
  static Verdict<NewTask> source(Caller caller, NewTask task) {
    Identity identity = caller.identity();
    UUID named = task.sourceDeviceId();
    if (!identity.isDevice() && !identity.meets(named)) {
      return Verdict.refused(
          ErrorCode.DEVICE_IDENTITY_MISMATCH,
          "this key uploads for certain devices only; name one of them in source_device_id");
    }
    return identity.isDevice() && named != null && !named.equals(identity.id())
        ? Verdict.refused(
            ErrorCode.DEVICE_IDENTITY_MISMATCH,
            "a device can only name itself as the source; leave the field out")
        : Verdict.ok(task);
  }

  /**
   * A room with everything that a task needs.
   *
   * @param existing datasets that the task fills, by id
   * @param twins what need not be sent
   */
  record Admitted(
      UploadRoom room, Terms terms, Map<UUID, Dataset> existing, Map<Content, Twin> twins) {
    Admitted {
      existing = Map.copyOf(existing);
      twins = Map.copyOf(twins);
    }

    Admitted filling(Map<UUID, Dataset> datasets) {
      return new Admitted(room, terms, datasets, twins);
    }

    Admitted copying(Map<Content, Twin> found) {
      return new Admitted(room, terms, existing, found);
    }
  }

  static Verdict<Admitted> check(NewTask task, UploadRoom room, Caller caller, Limits limits) {
    List<FieldError> errors = fields(task, room, caller);
    boolean isLost = caller.identity().isDevice() && room.sourceDevice() == null;
    return (isLost ? inactive() : open(room))
        .then(ok -> admit(ok, errors, limits))
        .then(admitted ->
            uploads(task.objects().size(), room, limits)
                .then(ok -> tasks(ok, limits))
                .then(ok -> validations(ok, limits))
                .then(ok -> ProjectQuota.check(ok, task.objects().size(), bytes(task), limits))
                .map(ok -> admitted));
  }

  private static long bytes(NewTask task) {
    return task.objects().stream().mapToLong(NewTask.File::fileSizeBytes).sum();
  }

  private static Verdict<Admitted> admit(UploadRoom room, List<FieldError> errors, Limits limits) {
    StoragePolicy policy = room.policy();
    return policy == null || !errors.isEmpty()
        ? Verdict.refused(Refusal.invalid(errors))
        : Verdict.ok(new Admitted(room, Terms.of(policy, limits), Map.of(), Map.of()));
  }

  /** A retry opens one more upload, of so many bytes, in a task that was there already. */
  static Verdict<UploadRoom> checkRetry(UploadRoom room, long bytes, Limits limits) {
    return open(room)
        .then(ok -> uploads(1, ok, limits))
        .then(ok -> ProjectQuota.check(ok, 1, bytes, limits));
  }

  private static Verdict<UploadRoom> open(UploadRoom room) {
    if (room.project().status() != ProjectStatus.ACTIVE) {
      return Verdict.refused(
          Refusal.of(
                  ErrorCode.PROJECT_INACTIVE,
                  "the project is " + room.project().status() + " and takes no uploads")
              .with("current_status", room.project().status().name()));
    }
    UploadRoom.SourceDevice device = room.sourceDevice();
    if (device != null && device.standing() != Identity.Standing.ACTIVE) {
      return inactive();
    }
    return Verdict.ok(room);
  }

  private static Verdict<UploadRoom> inactive() {
    return Verdict.refused(ErrorCode.DEVICE_INACTIVE, "the source device is not active");
  }

  private static List<FieldError> fields(NewTask task, UploadRoom room, Caller caller) {
    List<FieldError> errors = new ArrayList<>();
    boolean namesDevice = task.sourceDeviceId() != null && !caller.identity().isDevice();
    if (namesDevice && room.sourceDevice() == null) {
      errors.add(
          new FieldError(
              "source_device_id", EntryCode.DEVICE_NOT_FOUND, "there is no such device"));
    }
    StoragePolicy policy = room.policy();
    if (policy == null) {
      errors.add(
          new FieldError(
              "storage_policy_id",
              EntryCode.STORAGE_POLICY_NOT_FOUND,
              "there is no such storage policy"));
      return errors;
    }
    errors.addAll(contentTypes(task, policy));
    return errors;
  }

  private static List<FieldError> contentTypes(NewTask task, StoragePolicy policy) {
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < task.objects().size(); i++) {
      String type = task.objects().get(i).contentType();
      String known = type == null ? "application/octet-stream" : type;
      if (!policy.contentTypes().isEmpty() && !policy.contentTypes().contains(known)) {
        errors.add(
            new FieldError(
                "objects[" + i + "].content_type",
                EntryCode.UPLOAD_CONTENT_TYPE_NOT_ALLOWED,
                type == null
                    ? "must be given: the storage policy takes certain types only"
                    : "the storage policy does not allow " + known));
      }
    }
    return errors;
  }

  private static Verdict<UploadRoom> uploads(int more, UploadRoom room, Limits limits) {
    if (room.tenantOpenUploads() + more > limits.openings().tenantUploads()) {
      return full(
          "tenant", "open uploads", room.tenantOpenUploads(), limits.openings().tenantUploads());
    }
    if (room.sourceDevice() != null
        && room.deviceOpenUploads() + more > limits.openings().deviceUploads()) {
      return full(
          "device", "open uploads", room.deviceOpenUploads(), limits.openings().deviceUploads());
    }
    return Verdict.ok(room);
  }

  private static Verdict<UploadRoom> tasks(UploadRoom room, Limits limits) {
    if (room.projectOpenTasks() + 1 > limits.openings().projectTasks()) {
      return full(
          "project", "open tasks", room.projectOpenTasks(), limits.openings().projectTasks());
    }
    return Verdict.ok(room);
  }

  /** What is begun under such a policy would wait behind all of these. */
  private static Verdict<UploadRoom> validations(UploadRoom room, Limits limits) {
    int most = limits.openings().unvalidated();
    return room.tenantUnvalidated() < most
        ? Verdict.ok(room)
        : Verdict.refused(
            Refusal.of(
                    ErrorCode.RATE_LIMIT_EXCEEDED,
                    "%d datasets of the tenant wait to be validated; no more are begun until some are"
                        .formatted(room.tenantUnvalidated()))
                .with("scope", "validation_queue")
                .with("limit", most)
                .retryAfter(RETRY_AFTER_SECONDS));
  }

  private static Verdict<UploadRoom> full(String scope, String what, int used, int limit) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.QUOTA_OPEN_UPLOADS_EXCEEDED,
                "the %s has %d %s and may have %d; finish or abort some"
                    .formatted(scope, used, what, limit))
            .with("scope", scope)
            .with("used", used)
            .with("limit", limit)
            .retryAfter(RETRY_AFTER_SECONDS));
  }
}
