package io.waybill.core.project;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A project as reads show it, with what the caller may do in it. */
public record ProjectAnswer(
    UUID projectId,
    UUID tenantId,
    @Nullable UUID storagePolicyId,
    String slug,
    String name,
    @Nullable String description,
    ProjectStatus status,
    Map<String, Object> metadata,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant archivedAt,
    List<String> effectivePermissions) {

  public ProjectAnswer {
    metadata = Map.copyOf(metadata);
    effectivePermissions = List.copyOf(effectivePermissions);
  }

  /** A project with the caller's permission codes, sorted. */
  public static ProjectAnswer of(Project project, List<String> effectivePermissions) {
    return new ProjectAnswer(
        project.projectId(),
        project.tenantId(),
        project.storagePolicyId(),
        project.slug(),
        project.name(),
        project.description(),
        project.status(),
        project.metadata(),
        project.version(),
        project.createdAt(),
        project.updatedAt(),
        project.archivedAt(),
        effectivePermissions);
  }
}
