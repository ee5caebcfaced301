package io.waybill.core.project;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project as it is answered, with what the caller may do in it.
 *
 * @param metadataSchema null when it has none
 * @param retentionDays null for what the storage policy says
 */
public record ProjectAnswer(
    UUID projectId,
    UUID tenantId,
    @Nullable UUID storagePolicyId,
    String slug,
    String name,
    @Nullable String description,
    ProjectStatus status,
    Map<String, Object> metadata,
    @Nullable Map<String, Object> metadataSchema,
    Quota quota,
    @Nullable Integer retentionDays,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant archivedAt,
    List<String> effectivePermissions) {
  public ProjectAnswer {
    metadata = Map.copyOf(metadata);
    metadataSchema = metadataSchema == null ? null : Map.copyOf(metadataSchema);
    effectivePermissions = List.copyOf(effectivePermissions);
  }

  /** How much there may be, and how much there is. */
  public record Quota(
      @Nullable Long maxBytes,
      @Nullable Integer maxOpenUploads,
      long usedBytes,
      long reservedBytes,
      int openUploads) {}

  /** A project with the caller's permission codes, sorted. */
  public static ProjectAnswer of(
      Project project, ProjectUsage usage, List<String> effectivePermissions) {
    ProjectRules rules = project.rules();
    return new ProjectAnswer(
        project.projectId(),
        project.tenantId(),
        project.storagePolicyId(),
        project.slug(),
        project.name(),
        project.profile().description(),
        project.status(),
        project.profile().metadata(),
        rules.metadataSchema().isEmpty() ? null : rules.metadataSchema(),
        new Quota(
            rules.maxBytes(),
            rules.maxOpenUploads(),
            usage.usedBytes(),
            usage.reservedBytes(),
            usage.openUploads()),
        rules.retentionDays(),
        project.version(),
        project.createdAt(),
        project.updatedAt(),
        project.archivedAt(),
        effectivePermissions);
  }
}
