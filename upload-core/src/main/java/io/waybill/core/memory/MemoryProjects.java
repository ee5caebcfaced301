package io.waybill.core.memory;

import io.waybill.core.access.ProjectScope;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.ProjectStore;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.upload.Upload;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record MemoryProjects(MemoryTransaction tx) implements ProjectStore {

  static final Table<UUID, Project> PROJECTS = Table.of("projects");

  /** Whoever gives a slug holds this, so that two who choose the same one wait for each other. */
  private static final Table<UUID, Boolean> SLUGS = Table.of("project_slugs");

  @Override
  public Optional<Project> find(UUID tenantId, UUID projectId) {
    return Optional.ofNullable(tx.of(PROJECTS).get(projectId)).filter(isOf(tenantId));
  }

  private static Predicate<Project> isOf(UUID tenantId) {
    return project ->
        project.tenantId().equals(tenantId) && project.status() != ProjectStatus.DELETED;
  }

  @Override
  public List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit) {
    return tx.of(PROJECTS).values().stream()
        .filter(isOf(tenantId))
        .filter(p -> scope.contains(p.projectId()))
        .filter(p -> before == null || p.projectId().compareTo(before) < 0)
        .sorted(Comparator.comparing(Project::projectId).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public boolean insert(Project project) {
    tx.lock(SLUGS, project.tenantId());
    return update(project);
  }

  @Override
  public Optional<Project> lock(UUID tenantId, UUID projectId) {
    tx.lock(SLUGS, tenantId);
    return tx.of(PROJECTS).lock(projectId).filter(isOf(tenantId));
  }

  @Override
  public boolean update(Project project) {
    boolean isTaken =
        tx.of(PROJECTS).values().stream()
            .filter(isOf(project.tenantId()))
            .anyMatch(other ->
                other.slug().equals(project.slug())
                    && !other.projectId().equals(project.projectId()));
    if (!isTaken) {
      tx.of(PROJECTS).put(project.projectId(), project);
    }
    return !isTaken;
  }

  @Override
  public boolean isEmpty(UUID tenantId, UUID projectId) {
    return datasets(projectId).allMatch(dataset -> dataset.status() == DatasetStatus.PURGED);
  }

  private Stream<Dataset> datasets(UUID projectId) {
    return tx.of(MemoryDatasets.DATASETS).values().stream()
        .filter(dataset -> dataset.projectId().equals(projectId));
  }

  @Override
  public Map<UUID, ProjectUsage> usage(Collection<UUID> projectIds) {
    return projectIds.stream().distinct().collect(Collectors.toMap(id -> id, this::usage));
  }

  private ProjectUsage usage(UUID projectId) {
    List<Upload> open =
        tx.of(MemorySessions.SESSIONS).values().stream()
            .filter(row -> MemoryRooms.OPEN.contains(row.session().status()))
            .map(row -> row.session().upload())
            .filter(upload -> upload.owner().projectId().equals(projectId))
            .toList();
    long used =
        datasets(projectId)
            .filter(dataset -> dataset.status() != DatasetStatus.PURGED)
            .mapToLong(dataset -> dataset.object() == null ? 0 : dataset.object().sizeBytes())
            .sum();
    long reserved = open.stream().mapToLong(upload -> upload.plan().fileSizeBytes()).sum();
    return new ProjectUsage(used, reserved, open.size());
  }
}
