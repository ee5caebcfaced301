package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Signs;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads one task, or one object of it, with its progress. */
public final class GetUploadTask {

  private final Ports<? extends UploadStores> ports;
  private final Limits limits;

  public GetUploadTask(Ports<? extends UploadStores> ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
  }

  public Verdict<TaskAnswer> handle(Caller caller, UUID projectId, UUID taskId) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    Optional<TaskProgress> found =
        ports.work().read(tx -> tx.tasks().find(tenantId, projectId, taskId));
    if (found.isEmpty() || !isVisible(caller, found.get())) {
      return Gate.missing(ResourceKind.UPLOAD_TASK);
    }
    return Gate.pass(
            caller.identity(),
            Permission.DATASET_VIEW,
            Resource.task(tenantId, projectId, taskId),
            now)
        .map(ok -> ShownTask.to(caller.identity(), found.get(), diagnosed(found.get(), now), now));
  }

  /** With why each object stands still: one statement for all of them. */
  private TaskAnswer diagnosed(TaskProgress found, Instant now) {
    Set<UUID> sessions =
        found.progress().stream()
            .map(progress -> progress.session().upload().sessionId())
            .collect(Collectors.toUnmodifiableSet());
    Map<UUID, Signs> signs =
        ports.work().read(tx -> tx.timelines().signs(found.task().tenantId(), sessions));
    Diagnoses diagnoses = new Diagnoses(ports, limits, now);
    return TaskAnswer.of(
        found.task(),
        found.progress(),
        now,
        progress ->
            diagnoses.of(
                progress, signs.getOrDefault(progress.session().upload().sessionId(), Signs.NONE)));
  }

  /** One object of a task. */
  public Verdict<TaskAnswer.TaskObjectAnswer> handle(
      Caller caller, UUID projectId, UUID taskId, UUID objectId) {
    return handle(caller, projectId, taskId)
        .then(task ->
            task.objects().stream()
                .filter(object -> object.objectId().equals(objectId))
                .findFirst()
                .<Verdict<TaskAnswer.TaskObjectAnswer>>map(Verdict::ok)
                .orElseGet(() ->
                    Verdict.refused(
                        ErrorCode.UPLOAD_OBJECT_NOT_FOUND, "the task has no such object")));
  }

  private static boolean isVisible(Caller caller, TaskProgress found) {
    return caller.identity().meets(found.task().sourceDeviceId());
  }
}
