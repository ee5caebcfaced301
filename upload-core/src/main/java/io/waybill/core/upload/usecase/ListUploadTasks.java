package io.waybill.core.upload.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.upload.TaskAnswer;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists a project's tasks, newest first. A device sees its own. */
public final class ListUploadTasks {

  private final Ports<? extends UploadStores> ports;

  public ListUploadTasks(Ports<? extends UploadStores> ports) {
    this.ports = ports;
  }

  /** Filters; null lets everything through. */
  public record Request(
      UUID projectId,
      @Nullable TaskStatus status,
      @Nullable UUID sourceDeviceId,
      @Nullable String sourceDeviceCode,
      @Nullable Instant createdAfter,
      @Nullable UUID before,
      int limit) {

    /** Whatever code what it was sent by has. */
    public Request(
        UUID projectId,
        @Nullable TaskStatus status,
        @Nullable UUID sourceDeviceId,
        @Nullable Instant createdAfter,
        @Nullable UUID before,
        int limit) {
      this(projectId, status, sourceDeviceId, null, createdAfter, before, limit);
    }
  }

  public Verdict<Page<TaskAnswer>> handle(Caller caller, Request request) {
    Instant now = ports.now();
    UUID tenantId = caller.identity().tenantId();
    UUID own = caller.identity().isDevice() ? caller.identity().id() : null;
    TaskStore.Query query =
        new TaskStore.Query(
            tenantId,
            request.projectId(),
            request.status(),
            request.sourceDeviceId() == null ? own : request.sourceDeviceId(),
            request.sourceDeviceCode(),
            request.createdAfter(),
            request.before(),
            Authorizer.denied(
                caller.identity(), Permission.DATASET_VIEW, ResourceKind.UPLOAD_TASK, now),
            caller.identity().sourceDevices(),
            request.limit() + 1);
    return ProjectGate.pass(
            ports, caller.identity(), Permission.DATASET_VIEW, request.projectId(), now)
        .then(ok -> page(caller, request, query, now));
  }

  private Verdict<Page<TaskAnswer>> page(
      Caller caller, Request request, TaskStore.Query query, Instant now) {
    List<TaskAnswer> tasks =
        ports.work().read(tx -> tx.tasks().list(query, now)).stream()
            .map(found -> shown(caller, found, now))
            .toList();
    return tasks.isEmpty() && ProjectGate.isAbsent(ports, caller.identity(), request.projectId())
        ? Gate.missing(ResourceKind.PROJECT)
        : Verdict.ok(Page.of(tasks, request.limit(), TaskAnswer::taskId));
  }

  private static TaskAnswer shown(Caller caller, TaskStore.TaskProgress found, Instant now) {
    TaskAnswer whole = TaskAnswer.of(found.task(), found.progress(), now);
    return ShownTask.to(caller.identity(), found, whole, now);
  }
}
