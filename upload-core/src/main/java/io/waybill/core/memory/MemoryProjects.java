package io.waybill.core.memory;

import io.waybill.core.access.ProjectScope;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryProjects(MemoryTransaction tx) implements ProjectStore {

  static final Table<UUID, Project> PROJECTS = Table.of("projects");

  @Override
  public Optional<Project> find(UUID tenantId, UUID projectId) {
    return Optional.ofNullable(tx.of(PROJECTS).get(projectId))
        .filter(project -> project.tenantId().equals(tenantId));
  }

  @Override
  public List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit) {
    return tx.of(PROJECTS).values().stream()
        .filter(p -> p.tenantId().equals(tenantId) && scope.contains(p.projectId()))
        .filter(p -> before == null || p.projectId().compareTo(before) < 0)
        .sorted(Comparator.comparing(Project::projectId).reversed())
        .limit(limit)
        .toList();
  }
}
