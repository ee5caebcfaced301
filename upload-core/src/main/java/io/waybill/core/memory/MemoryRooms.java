package io.waybill.core.memory;

import io.waybill.core.access.Identity;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.policy.Policy;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.upload.RoomStore;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.UploadRoom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record MemoryRooms(MemoryTransaction tx) implements RoomStore {

  static final Set<SessionStatus> OPEN =
      EnumSet.of(
          SessionStatus.INITIATING,
          SessionStatus.INITIATED,
          SessionStatus.UPLOADING,
          SessionStatus.PAUSED,
          SessionStatus.COMPLETING);

  private static final Set<TaskStatus> UNFINISHED =
      EnumSet.of(TaskStatus.PENDING, TaskStatus.PROCESSING, TaskStatus.PAUSED);

  @Override
  public Optional<UploadRoom> find(RoomRequest request) {
    return new MemoryProjects(tx)
        .find(request.tenantId(), request.projectId())
        .map(project -> {
          UploadRoom.SourceDevice device = device(request);
          StoragePolicy policy = policy(request, project);
          return new UploadRoom(
              project,
              policy,
              device,
              open(row -> true, request),
              device == null ? 0 : open(row -> isFrom(device.deviceId(), row), request),
              openTasks(request.projectId()),
              policy != null && policy.isValidated() ? unvalidated(request) : 0,
              project.rules().isBounded() ? usage(request) : ProjectUsage.NONE,
              tenant(request));
        });
  }

  /** What has ended and is not marked yet promises nothing any more. */
  private ProjectUsage usage(RoomRequest request) {
    UUID project = request.projectId();
    ProjectUsage written =
        new MemoryProjects(tx).usage(List.of(project)).getOrDefault(project, ProjectUsage.NONE);
    List<Session> open =
        openAt(request)
            .filter(session -> session.upload().owner().projectId().equals(project))
            .toList();
    return new ProjectUsage(written.usedBytes(), bytes(open), open.size());
  }

  private TenantQuota tenant(RoomRequest request) {
    TenantQuota written = new MemoryQuotas(tx).find(request.tenantId()).orElse(TenantQuota.NONE);
    List<Session> open =
        openAt(request)
            .filter(session -> session.upload().owner().tenantId().equals(request.tenantId()))
            .toList();
    return new TenantQuota(written.maxBytes(), written.usedBytes(), bytes(open));
  }

  private int unvalidated(RoomRequest request) {
    return Math.toIntExact(
        tx.of(MemoryDatasets.DATASETS).values().stream()
            .filter(dataset -> dataset.tenantId().equals(request.tenantId()))
            .filter(dataset -> dataset.status() == DatasetStatus.PROCESSING)
            .filter(MemoryValidationQueue::waits)
            .count());
  }

  private Stream<Session> openAt(RoomRequest request) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(SessionRow::session)
        .filter(session -> OPEN.contains(session.asOf(request.now()).status()));
  }

  private static long bytes(List<Session> sessions) {
    return sessions.stream().mapToLong(s -> s.upload().plan().fileSizeBytes()).sum();
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
                : MemoryStoragePolicies.theDefault(tx, request.tenantId())
                    .map(Policy::storagePolicyId)
                    .orElse(null);
    return id == null
        ? null
        : new MemoryPolicies(tx)
            .usable(request.tenantId(), id)
            .map(MemoryStoragePolicies::rules)
            .orElse(null);
  }

  private UploadRoom.@Nullable SourceDevice device(RoomRequest request) {
    return tx.of(MemoryIdentities.DEVICES).values().stream()
        .filter(d -> d.tenantId().equals(request.tenantId()))
        .filter(d -> d.id().equals(request.deviceId()))
        .findFirst()
        .map(MemoryRooms::source)
        .orElse(null);
  }

  private static UploadRoom.SourceDevice source(Identity device) {
    return new UploadRoom.SourceDevice(device.id(), device.label(), device.standing());
  }

  private int open(Predicate<SessionRow> which, RoomRequest request) {
    return (int)
        tx.of(MemorySessions.SESSIONS).values().stream()
            .filter(which)
            .filter(row ->
                row.session().upload().owner().tenantId().equals(request.tenantId())
                    && OPEN.contains(row.session().asOf(request.now()).status()))
            .count();
  }

  private int openTasks(UUID projectId) {
    return (int)
        tx.of(MemoryTasks.TASKS).values().stream()
            .filter(row -> row.task().projectId().equals(projectId))
            .filter(row -> UNFINISHED.contains(row.task().status()))
            .count();
  }
}
