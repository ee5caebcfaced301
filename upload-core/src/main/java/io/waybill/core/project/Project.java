package io.waybill.core.project;

import io.waybill.core.access.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The unit of authorization, quota and retention.
 *
 * @param storagePolicyId of uploads that name none; null for the tenant's default
 */
public record Project(
    UUID projectId,
    UUID tenantId,
    @Nullable UUID storagePolicyId,
    ProjectProfile profile,
    ProjectStatus status,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant archivedAt) {

  /** One that asks nothing of what is put into it. */
  public Project(
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
      @Nullable Instant archivedAt) {
    this(
        projectId,
        tenantId,
        storagePolicyId,
        new ProjectProfile(slug, name, description, metadata, ProjectRules.NONE),
        status,
        version,
        createdAt,
        updatedAt,
        archivedAt);
  }

  public String slug() {
    return profile.slug();
  }

  public String name() {
    return profile.name();
  }

  public ProjectRules rules() {
    return profile.rules();
  }

  /** What a caller must be let through to. */
  public Resource resource() {
    return Resource.project(tenantId, projectId);
  }

  /** The same with what its people have written since. */
  public Project with(ProjectProfile newProfile, Instant at) {
    return next(storagePolicyId, newProfile, status, at, archivedAt);
  }

  /** The same, storing elsewhere what comes from now on. */
  public Project storingBy(@Nullable UUID policyId, Instant at) {
    return next(policyId, profile, status, at, archivedAt);
  }

  /** It takes no uploads until it is restored. */
  public Project archived(Instant at) {
    return next(storagePolicyId, profile, ProjectStatus.ARCHIVED, at, at);
  }

  public Project restored(Instant at) {
    return next(storagePolicyId, profile, ProjectStatus.ACTIVE, at, null);
  }

  public Project deleted(Instant at) {
    return next(storagePolicyId, profile, ProjectStatus.DELETED, at, archivedAt);
  }

  private Project next(
      @Nullable UUID policyId,
      ProjectProfile newProfile,
      ProjectStatus newStatus,
      Instant at,
      @Nullable Instant newArchivedAt) {
    return new Project(
        projectId,
        tenantId,
        policyId,
        newProfile,
        newStatus,
        version + 1,
        createdAt,
        at,
        newArchivedAt);
  }
}
