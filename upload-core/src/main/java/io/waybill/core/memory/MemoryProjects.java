package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.access.ProjectScope;
import io.waybill.core.memory.MemoryState.SessionRow;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStore;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.project.UploadRoom;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

record MemoryProjects(MemoryState state) implements ProjectStore {

  private static final Set<SessionStatus> OPEN =
      EnumSet.of(
          SessionStatus.INITIATING,
          SessionStatus.INITIATED,
          SessionStatus.UPLOADING,
          SessionStatus.PAUSED,
          SessionStatus.COMPLETING);

  private static final Set<TaskStatus> UNFINISHED =
      EnumSet.of(TaskStatus.PENDING, TaskStatus.PROCESSING, TaskStatus.PAUSED);

  @Override
  public Optional<Project> find(UUID tenantId, UUID projectId) {
    return Optional.ofNullable(state.projects.get(projectId))
        .filter(project -> project.tenantId().equals(tenantId));
  }

  @Override
  public List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit) {
    return state.projects.values().stream()
        .filter(p -> p.tenantId().equals(tenantId) && scope.contains(p.projectId()))
        .filter(p -> before == null || p.projectId().compareTo(before) < 0)
        .sorted(Comparator.comparing(Project::projectId).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<UploadRoom> uploadRoom(RoomRequest request) {
    return find(request.tenantId(), request.projectId())
        .map(project -> {
          UploadRoom.SourceDevice device = device(request);
          return new UploadRoom(
              project,
              policy(request, project),
              device,
              open(row -> true, request),
              device == null ? 0 : open(row -> isFrom(device.deviceId(), row), request),
              openTasks(request.projectId()));
        });
  }

  private static boolean isFrom(UUID deviceId, SessionRow row) {
    return deviceId.equals(row.session().upload().owner().sourceDeviceId());
  }

  private @Nullable StoragePolicy policy(RoomRequest request, Project project) {
    UUID wanted = request.storagePolicyId();
    UUID id =
        wanted != null
            ? wanted
            : project.storagePolicyId() != null
                ? project.storagePolicyId()
                : state.defaultPolicies.get(request.tenantId());
    return id != null && request.tenantId().equals(state.policyTenants.get(id))
        ? state.policies.get(id)
        : null;
  }

  private UploadRoom.@Nullable SourceDevice device(RoomRequest request) {
    return state.devices.values().stream()
        .filter(d -> d.tenantId().equals(request.tenantId()))
        .filter(d -> d.id().equals(request.deviceId()))
        .findFirst()
        .map(MemoryProjects::source)
        .orElse(null);
  }

  private static UploadRoom.SourceDevice source(Identity device) {
    return new UploadRoom.SourceDevice(device.id(), device.label(), device.standing());
  }

  private int open(Predicate<SessionRow> which, RoomRequest request) {
    return (int)
        state.sessions.values().stream()
            .filter(which)
            .filter(row ->
                row.session().upload().owner().tenantId().equals(request.tenantId())
                    && OPEN.contains(row.session().asOf(request.now()).status()))
            .count();
  }

  private int openTasks(UUID projectId) {
    return (int)
        state.tasks.values().stream()
            .filter(row -> row.task().projectId().equals(projectId))
            .filter(row -> UNFINISHED.contains(row.task().status()))
            .count();
  }

  @Override
  public Optional<StoragePolicy> policyOf(UUID tenantId, UUID sessionId) {
    return Optional.ofNullable(state.sessions.get(sessionId))
        .filter(row -> row.session().upload().owner().tenantId().equals(tenantId))
        .map(row -> Objects.requireNonNull(state.policies.get(row.policyId())));
  }
}
